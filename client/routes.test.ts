import type { RouteObject } from 'react-router'
import { expect, test } from 'vitest'
import { PAGES } from '../worker/contract/pages.ts'
import { routes } from './routes.tsx'
import { pageAtPath } from './routing/page-at-path.ts'
import { paths } from './routing/paths.ts'
import { safetyPaths } from './routing/safety-paths.ts'

const pagesOf = (page: RouteObject): RouteObject[] => page.children?.flatMap(pagesOf) ?? [page]
const pages = routes.flatMap(pagesOf)

test('the id of each page is the name of its module, by which the edge finds its assets', () => {
  expect(pages.length).toBeGreaterThan(20)
  const lazyPages = pages.filter(({ id }) => id !== 'home')
  for (const { id, lazy } of lazyPages) expect(String(lazy)).toMatch(new RegExp(`/pages/(?:[a-z]+/)?${id}\\.tsx?\\b`))
})

test('every page of PAGES has one route, and every route a page', () => {
  expect(pages.map(({ id }) => id).sort()).toEqual(Object.keys(PAGES).sort())
  for (const { id, path, handle } of pages) {
    expect(handle, id).toBe(Object.entries(PAGES).find(([name]) => name === id)?.[1])
    expect(path).toBe(handle.path)
  }
})

const activity = { uuid: '019ab2c4-0000-7000-8000-000000000001', user: { handle: 'mira' } }
const BUILT = {
  home: paths.home('everyone'),
  compose: paths.compose(),
  'sign-up': paths.signUp(),
  confirm: paths.confirm(),
  'sign-in': paths.signIn(),
  forgot: paths.forgot(),
  welcome: paths.welcome(),
  'sign-out': paths.signOut(),
  about: paths.about(),
  rules: paths.rules(),
  transparency: safetyPaths.transparency(),
  'terms-of-service': paths.terms(),
  'privacy-policy': paths.privacy(),
  search: paths.search({ term: 'x' }),
  tag: paths.tag('größe'),
  notifications: paths.notifications(),
  'follow-requests': paths.followRequests(),
  arrival: paths.arrival(),
  circle: paths.circle(),
  conversations: paths.messages(),
  'new-message': paths.newMessage('mira'),
  conversation: paths.conversation(activity.uuid),
  settings: paths.settings(),
  'settings-avatar': paths.avatar(),
  'settings-delete': paths.deleteAccount(),
  profile: paths.profile('mira'),
  followers: paths.followers('mira'),
  following: paths.following('mira'),
  follow: paths.follow('mira'),
  mute: paths.mute('mira'),
  block: paths.block('mira'),
  'remove-follower': paths.removeFollower('mira'),
  activity: paths.activity(activity),
  image: paths.image(activity, 2),
  like: paths.like(activity),
  likes: paths.likes(activity),
  repost: paths.repost(activity),
  reposts: paths.reposts(activity),
  'activity-menu': paths.activityMenu(activity),
  'delete-activity': paths.deleteActivity(activity),
  rewrite: paths.rewrite(activity),
  'who-can-reply': paths.whoCanReply(activity),
  moderation: safetyPaths.moderation(),
  report: safetyPaths.report(),
  statement: safetyPaths.statement(activity.uuid),
  'not-found': '/nothing/here',
} satisfies Record<keyof typeof PAGES, string>

test.each(Object.entries(BUILT))('the path built for %s, %s, matches its route', (id, path) => {
  expect(pageAtPath(new URL(path, 'http://localhost').pathname)).toBe(PAGES[id as keyof typeof PAGES])
})

test('a profile path needs an @', () => {
  expect(pageAtPath('/nothing')).toBeNull()
  expect(pageAtPath('/@mira')).toBe(PAGES.profile)
})

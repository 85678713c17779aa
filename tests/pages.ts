import type { Activity } from '../worker/contract/activity.ts'
import { PAGES as ADDRESSES } from './addresses.ts'
import type { Site } from './harness/site.ts'
import type { Person } from './story.ts'

/** Two people who know each other, and what they have said. */
export type Scene = {
  anna: Person
  ben: Person
  /** Anna’s, and Ben’s, which Anna has answered, liked and reposted. */
  own: Activity
  other: Activity
  /** Ben’s last: it has five minutes left of an hour. */
  hot: Activity
  /** Anna’s, over. */
  gone: Activity
  /** The conversation of the two. */
  group: string
}

/** Makes people, cruds of every length and heat, and a conversation: something for every page to show. */
export async function makeScene({ story, db }: Site): Promise<Scene> {
  const [anna, ben] = await Promise.all([story.join('anna'), story.join('ben')])
  const own = await anna.cruds('about #tags', '7-days')
  const other = await ben.cruds('Two spare tickets: https://example.com/a')
  await anna.replies(other, 'Rain stopped. The whole street came out at once, like someone had rung a bell.')
  await ben.replies(own, 'word '.repeat(50).trim())
  const hot = await ben.cruds(`@${anna.handle} ${'w'.repeat(60)}`)
  await db.sql(
    `update activities set created_at = now() - interval '55 minutes', expires_at = now() + interval '5 minutes'
     where uuid = $1`,
    [hot.uuid],
  )
  const gone = await anna.cruds('over')
  await db.sql('update activities set expires_at = now() where uuid = $1', [gone.uuid])
  for (const [person, crud] of [
    [anna, other],
    [ben, own],
  ] as const) {
    await person.put(`/api/activities/${crud.uuid}/like`, {})
    await person.put(`/api/activities/${crud.uuid}/repost`, {})
  }
  await anna.put(`/api/users/@${ben.handle}/follow`, {})
  await ben.put(`/api/users/@${anna.handle}/follow`, {})
  const group = (await ben.post('/api/messages', { message: 'hi', handle: anna.handle })).body.message_group_uuid
  return { anna, ben, own, other, hot, gone, group }
}

const at = ({ uuid, user }: Activity, rest = '') => `/@${user.handle}/status/${uuid}${rest}`

/** Addresses of each page, as Anna would ask for them, by the path of its route. A page has its row here, or tests fail. */
export const EXAMPLES: Record<string, (scene: Scene) => string[]> = {
  '/': () => ['/', '/?feed=everyone', '/?feed=last-light'],
  '/signup': () => ['/signup'],
  '/confirm': () => ['/confirm?email=a%40example.com'],
  '/signin': () => ['/signin?next=%2Fabout'],
  '/forgot': () => ['/forgot', '/forgot?step=confirm', '/forgot?step=done'],
  '/welcome': () => ['/welcome'],
  '/signout': () => ['/signout'],
  '/about': () => ['/about'],
  '/terms-of-service': () => ['/terms-of-service'],
  '/privacy-policy': () => ['/privacy-policy'],
  '/search': () => ['/search', '/search?term=tags', '/search?term=a&in=people'],
  '/tags/:tag': () => ['/tags/tags', '/tags/nobody_has_used_this'],
  '/notifications': () => ['/notifications'],
  '/messages': () => ['/messages'],
  '/messages/new/:handle': ({ ben }) => [`/messages/new/${ben.handle}`],
  '/messages/:message_group_uuid': ({ group }) => [`/messages/${group}`],
  '/settings': () => ['/settings'],
  '/settings/avatar': () => ['/settings/avatar'],
  '/settings/delete': () => ['/settings/delete'],
  '/:at_handle': ({ anna, ben }) => [`/@${ben.handle}`, `/@${anna.handle}`, `/@${ben.handle}?tab=replies`, '/@nobody'],
  '/:at_handle/followers': ({ ben }) => [`/@${ben.handle}/followers`],
  '/:at_handle/following': ({ ben }) => [`/@${ben.handle}/following`],
  '/:at_handle/follow': ({ ben }) => [`/@${ben.handle}/follow`],
  '/:at_handle/mute': ({ ben }) => [`/@${ben.handle}/mute`],
  '/:at_handle/block': ({ ben }) => [`/@${ben.handle}/block`],
  '/:at_handle/status/:uuid': ({ own, other, gone }) => [at(own), at(other), at(gone)],
  '/:at_handle/status/:uuid/like': ({ other }) => [at(other, '/like')],
  '/:at_handle/status/:uuid/likes': ({ other }) => [at(other, '/likes')],
  '/:at_handle/status/:uuid/repost': ({ other }) => [at(other, '/repost')],
  '/:at_handle/status/:uuid/reposts': ({ other }) => [at(other, '/reposts')],
  '/:at_handle/status/:uuid/put-out': ({ own }) => [at(own, '/put-out')],
  '/:at_handle/status/:uuid/rewrite': ({ own }) => [at(own, '/rewrite')],
  '*': () => ['/nothing/here'],
}

/** The path of every page there is, with the one for any other address, and of those without a row above. */
export const PAGES = [...ADDRESSES, '*']
export const WITHOUT_EXAMPLE = PAGES.filter((path) => !(path in EXAMPLES))

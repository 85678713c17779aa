import type { RouteObject } from 'react-router'
import { beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../client/routes.tsx'
import type { Activity } from '../../worker/contract/activity.ts'
import type { Fields } from '../harness/client.ts'
import { openSite } from '../harness/site.ts'
import type { Person } from '../story.ts'

const site = await openSite()
const { story } = site

let anna: Person
let ben: Person
let own: Activity
let other: Activity
let group: string
beforeAll(async () => {
  ;[anna, ben] = await Promise.all([story.join('anna'), story.join('ben')])
  own = await anna.cruds('about #tags')
  other = await ben.cruds('hi')
  await anna.replies(other, 'ho')
  group = (await ben.post('/api/messages', { message: 'hi', handle: anna.handle })).body.message_group_uuid
})

const at = (activity: Activity, person: Person, rest = '') => `/@${person.handle}/status/${activity.uuid}${rest}`
const fresh = async () => at(await anna.cruds('to be put out'), anna, '/put-out')

/**
 * One row a page: its addresses, and the form that it takes, if it takes one. Pages that make and end sessions may take
 * more trips when their form is posted; tests/integration/trips-api.test.ts has their bounds.
 */
type Row = { paths: () => (string | Promise<string>)[]; form?: () => Fields | Promise<Fields> }

const plain = (...paths: string[]): Row => ({ paths: () => paths })
const ofOther = (rest: string): Row => ({ paths: () => [at(other, ben, rest)] })
const ofBen = (rest: string): Row => ({ paths: () => [`/@${ben.handle}${rest}`] })

const ROWS: Record<string, Row> = {
  '/': {
    paths: () => ['/', '/?feed=everyone', '/?feed=last-light', '/?feed=nonsense'],
    form: () => ({ message: 'by form', ttl: '1-hour' }),
  },
  '/signup': plain('/signup'),
  '/confirm': plain('/confirm?email=a%40example.com'),
  '/signin': plain('/signin?next=%2Fabout'),
  '/forgot': plain('/forgot', '/forgot?step=confirm', '/forgot?step=done'),
  '/welcome': plain('/welcome'),
  '/signout': plain('/signout'),
  '/about': plain('/about'),
  '/terms-of-service': plain('/terms-of-service'),
  '/privacy-policy': plain('/privacy-policy'),
  '/search': plain('/search', '/search?term=tags'),
  '/tags/:tag': plain('/tags/tags', '/tags/nobody_has_used_this'),
  '/notifications': plain('/notifications'),
  '/messages': plain('/messages'),
  '/messages/new/:handle': { paths: () => [`/messages/new/${ben.handle}`] },
  '/messages/:message_group_uuid': { paths: () => [`/messages/${group}`] },
  '/settings': plain('/settings'),
  '/settings/avatar': plain('/settings/avatar'),
  '/:at_handle': { paths: () => [`/@${ben.handle}`, `/@${anna.handle}`, `/@${ben.handle}?tab=replies`, '/@nobody'] },
  '/:at_handle/followers': ofBen('/followers'),
  '/:at_handle/following': ofBen('/following'),
  '/:at_handle/follow': ofBen('/follow'),
  '/:at_handle/mute': ofBen('/mute'),
  '/:at_handle/block': ofBen('/block'),
  '/:at_handle/status/:uuid': {
    paths: () => [at(other, ben), at(own, anna), at({ ...own, uuid: '01a20dc2-7aaa-7389-b334-d306f5b17a26' }, anna)],
    form: () => ({ message: 'answered by form' }),
  },
  '/:at_handle/status/:uuid/like': ofOther('/like'),
  '/:at_handle/status/:uuid/likes': ofOther('/likes'),
  '/:at_handle/status/:uuid/repost': ofOther('/repost'),
  '/:at_handle/status/:uuid/reposts': ofOther('/reposts'),
  '/:at_handle/status/:uuid/put-out': { paths: () => [fresh()], form: () => ({}) },
  '/:at_handle/status/:uuid/rewrite': { paths: () => [at(own, anna, '/rewrite')] },
  '*': plain('/nothing/here'),
}

const pathsOf = (list: RouteObject[]): string[] =>
  list.flatMap(({ path, children }) => [...(path ? [path] : []), ...pathsOf(children ?? [])])
const pages = pathsOf(routes)

async function count(ask: () => ReturnType<Person['visits']>) {
  const before = site.database.count()
  const answer = await ask()
  return { answer, trips: site.database.count() - before }
}

test('nobody asks Cognito, nor for its keys, about a token that is known', async () => {
  for (const reader of [anna, anna.asApiClient(), anna.elsewhere()]) {
    await reader.visits('/')
    await reader.get('/api/activities/everyone')
    const before = site.identity.count()
    await Promise.all([reader.visits('/'), reader.get('/api/activities/everyone'), reader.get('/api/session')])
    expect(site.identity.count() - before).toBe(0)
  }
})

test('every page has a row here', () => {
  expect(pages.filter((path) => !(path in ROWS))).toEqual([])
  expect(pages.length).toBeGreaterThan(10)
})

describe.each(pages.filter((path) => path in ROWS))('%s', (page) => {
  const row = ROWS[page] ?? plain()

  test('waits for one trip at most, signed in and signed out', async () => {
    for (const path of await Promise.all(row.paths())) {
      for (const reader of [anna, story.visitor()]) {
        const { answer, trips } = await count(() => reader.visits(path))
        expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(500)
        expect(trips, `${path} ${reader === anna ? 'signed in' : 'signed out'}`).toBeLessThanOrEqual(1)
      }
    }
  })

  if (row.form) {
    test('its form waits for one trip at most', async () => {
      const [path = ''] = await Promise.all(row.paths())
      const fields = (await row.form?.()) ?? {}
      const { answer, trips } = await count(() => anna.submits(path, fields))
      expect(answer.status, answer.text).toBe(303)
      expect(trips).toBeLessThanOrEqual(1)
    })
  }
})

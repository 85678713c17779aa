import { beforeAll, describe, expect, test } from 'vitest'
import { api } from '../../../worker/api/app.ts'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'

const site = await openSite()
const { actors } = site

/** A request that does something: its answer is a good one for the person who may. */
type Ask = { path: string; json?: unknown; bytes?: Uint8Array }

let anna: Actor
let ben: Actor
/** Of anna, and of ben. */
let own: Activity
let other: Activity
let group: string
beforeAll(async () => {
  ;[anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  own = await anna.posts('about #tags, by @nobody')
  other = await ben.posts('hi')
  await anna.replies(other, 'ho')
  group = (await ben.post('/api/messages', { message: 'hi', handle: anna.handle })).body.message_group_uuid
})

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const of = (activity: Activity, rest = '') => ({ path: `/api/activities/${activity.uuid}${rest}` })
const to = (person: Actor, rest = '') => ({ path: `/api/users/@${person.handle}${rest}` })
const fresh = async () => anna.posts('to be put out')
const otherDevice = async () => {
  await anna.onAnotherDevice().signsIn()
  return (await anna.get('/api/session/devices?limit=1')).body.data[0].uuid
}
const sent = async () => (await anna.post('/api/messages', { message: 'psst', message_group_uuid: group })).body.uuid
const unread = async () => {
  await ben.replies(own, 'look')
  return (await anna.get('/api/notifications?limit=1')).body.data[0].uuid
}

/** One row a route: what anna asks there. What the row itself needs is done before the trips are counted. */
const ROWS: Record<string, () => Ask | Promise<Ask>> = {
  'GET /api/health-check': () => ({ path: '/api/health-check?deep=1' }),
  'GET /api/openapi.json': () => ({ path: '/api/openapi.json' }),
  'POST /api/client-errors': () => ({ path: '/api/client-errors', json: BROKEN }),
  'GET /api/activities/home': () => ({ path: '/api/activities/home' }),
  'GET /api/activities/everyone': () => ({ path: '/api/activities/everyone' }),
  'GET /api/activities/last-light': () => ({ path: '/api/activities/last-light' }),
  'GET /api/activities/search': () => ({ path: '/api/activities/search?term=tags' }),
  'POST /api/activities': () => ({ path: '/api/activities', json: { message: 'hi', ttl: '1-hour' } }),
  'GET /api/activities/:uuid': () => of(own),
  'DELETE /api/activities/:uuid': async () => of(await fresh()),
  'GET /api/activities/:uuid/weight': () => of(own, '/weight'),
  'GET /api/activities/:uuid/replies': () => of(other, '/replies'),
  'POST /api/activities/:uuid/replies': () => ({ ...of(other, '/replies'), json: { message: 'ho' } }),
  'PUT /api/activities/:uuid/like': () => of(other, '/like'),
  'DELETE /api/activities/:uuid/like': () => of(other, '/like'),
  'PUT /api/activities/:uuid/repost': () => of(other, '/repost'),
  'DELETE /api/activities/:uuid/repost': () => of(other, '/repost'),
  'GET /api/activities/:uuid/likes': () => of(other, '/likes'),
  'GET /api/activities/:uuid/reposts': () => of(other, '/reposts'),
  'GET /api/users': () => ({ path: '/api/users?prefix=be' }),
  'GET /api/users/search': () => ({ path: '/api/users/search?term=ben' }),
  'GET /api/users/suggested': () => ({ path: '/api/users/suggested' }),
  'GET /api/users/:at_handle': () => to(ben),
  'GET /api/users/:at_handle/short': () => to(ben, '/short'),
  'GET /api/users/:at_handle/activities': () => to(ben, '/activities'),
  'GET /api/users/:at_handle/followers': () => to(ben, '/followers'),
  'GET /api/users/:at_handle/following': () => to(ben, '/following'),
  'PUT /api/users/:at_handle/follow': () => to(ben, '/follow'),
  'DELETE /api/users/:at_handle/follow': () => to(ben, '/follow'),
  'PUT /api/users/:at_handle/mute': () => ({ ...to(ben, '/mute'), json: { seconds: 60 } }),
  'DELETE /api/users/:at_handle/mute': () => to(ben, '/mute'),
  'PUT /api/users/:at_handle/block': async () => to(await actors.join('cleo'), '/block'),
  'DELETE /api/users/:at_handle/block': async () => to(await actors.join('cleo'), '/block'),
  'GET /api/tags/trending': () => ({ path: '/api/tags/trending' }),
  'GET /api/tags/:tag': () => ({ path: '/api/tags/tags' }),
  'GET /api/notifications': () => ({ path: '/api/notifications' }),
  'GET /api/notifications/unread': () => ({ path: '/api/notifications/unread' }),
  'POST /api/notifications/read': async () => ({ path: '/api/notifications/read', json: { up_to: await unread() } }),
  'GET /api/message_groups': () => ({ path: '/api/message_groups' }),
  'GET /api/message_groups/unread': () => ({ path: '/api/message_groups/unread' }),
  'GET /api/message_groups/with/:at_handle': () => ({ path: `/api/message_groups/with/@${ben.handle}` }),
  'GET /api/message_groups/:uuid': () => ({ path: `/api/message_groups/${group}` }),
  'GET /api/message_groups/:uuid/messages': () => ({ path: `/api/message_groups/${group}/messages` }),
  'POST /api/message_groups/:uuid/read': () => ({ path: `/api/message_groups/${group}/read` }),
  'DELETE /api/messages/:uuid': async () => ({ path: `/api/messages/${await sent()}` }),
  'POST /api/messages': () => ({ path: '/api/messages', json: { message: 'ho', message_group_uuid: group } }),
  'GET /api/profile': () => ({ path: '/api/profile' }),
  'PATCH /api/profile': () => ({ path: '/api/profile', json: { bio: 'anna’s' } }),
  'GET /api/profile/blocks': () => ({ path: '/api/profile/blocks' }),
  'GET /api/profile/export': () => ({ path: '/api/profile/export' }),
  'GET /api/profile/mutes': () => ({ path: '/api/profile/mutes' }),
  'DELETE /api/profile/avatar': () => ({ path: '/api/profile/avatar' }),
  'PUT /api/profile/handle': () => ({ path: '/api/profile/handle', json: { handle: 'another' } }),
  'GET /api/session': () => ({ path: '/api/session' }),
  'GET /api/session/devices': () => ({ path: '/api/session/devices' }),
  'DELETE /api/session/devices/:uuid': async () => ({ path: `/api/session/devices/${await otherDevice()}` }),
  'DELETE /api/session/others': () => ({ path: '/api/session/others' }),
}

const BROKEN = { name: 'TypeError', route: '/', frames: ['at /assets/entry-a.js:1:2'] }

/** Session routes, an upload, and what ends an account, may take more than one trip (design, promise 3). Each has its bound. */
const SESSION: Record<string, { ask: (person: Actor) => Ask | Promise<Ask>; trips: number }> = {
  'PUT /api/profile/avatar': {
    ask: () => ({ path: '/api/profile/avatar', bytes: Buffer.from(PIXEL, 'base64') }),
    // Whether the session is good, before the picture is decoded; then its key.
    trips: 2,
  },
  'POST /api/session': {
    ask: ({ email }) => ({ path: '/api/session', json: { email, password: PASSWORD } }),
    // Counts the try before it is made, takes that back, and finds the person.
    trips: 3,
  },
  // Ends it; that Cognito has revoked it is noted after the answer.
  'DELETE /api/session': { ask: () => ({ path: '/api/session' }), trips: 2 },
  'DELETE /api/session/all': { ask: () => ({ path: '/api/session/all' }), trips: 1 },
  'PUT /api/session/password': {
    ask: () => ({ path: '/api/session/password', json: { current: PASSWORD, new: 'Another-2027?' } }),
    // The new session may begin in the second in which the old ones end, and is then opened once more.
    trips: 5,
  },
  'DELETE /api/profile': {
    ask: () => ({ path: '/api/profile', json: { password: PASSWORD } }),
    // Before the answer five: whose it is, the try, that it was none, the mark, what Cognito said. What goes after it is counted
    // as far as it is quick.
    trips: 14,
  },
  'POST /api/session/sign-up': {
    ask: () => ({ path: '/api/session/sign-up', json: actors.unregistered('dora').details }),
    // Whether the handle is free, and counting the mail.
    trips: 2,
  },
  // Counting the look, and whether it is free.
  'GET /api/session/sign-up/handle': {
    ask: () => ({ path: `/api/session/sign-up/handle?handle=${actors.unregistered('dora').handle}` }),
    trips: 2,
  },
  'POST /api/session/confirm': {
    ask: async () => {
      const dora = actors.unregistered('dora')
      await dora.signsUp()
      return {
        path: '/api/session/confirm',
        json: { email: dora.email, code: dora.code, password: dora.details.password },
      }
    },
    // Two tries, the mark, that it was proved, and the person.
    trips: 7,
  },
  'GET /api/session/confirm': { ask: ({ email }) => ({ path: `/api/session/confirm?email=${email}` }), trips: 0 },
  'POST /api/session/resend': { ask: ({ email }) => ({ path: '/api/session/resend', json: { email } }), trips: 1 },
  'POST /api/session/recover': { ask: ({ email }) => ({ path: '/api/session/recover', json: { email } }), trips: 1 },
  'POST /api/session/recover/confirm': {
    ask: async (person) => {
      await person.post('/api/session/recover', { email: person.email })
      const json = { email: person.email, code: person.code, password: 'Another-2027?' }
      return { path: '/api/session/recover/confirm', json }
    },
    // It counts the try, notes the reset, ends the sessions that began before, and settles two counters of tries.
    trips: 5,
  },
}

const routes = [
  ...new Set(api.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
]

async function count(client: Client, method: string, { path, json, bytes }: Ask) {
  const type = bytes ? { 'content-type': 'image/png' } : { 'content-type': 'application/json' }
  const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json))
  const answer = await client.send(method, path, body === undefined ? {} : type, body as BodyInit | undefined)
  // As the answer says, since what a request does after it may go on during the next one; edge-cache.test.ts holds it to the
  // trips that are made.
  const [, trips] = /db;dur=[\d.]+;desc="(\d+)"/.exec(answer.headers.get('server-timing') ?? '') ?? []
  return { answer, trips: Number(trips) }
}

test('every route of the API has a row here', () => {
  expect(routes.filter((route) => !(route in ROWS) && !(route in SESSION))).toEqual([])
  expect(routes.length).toBeGreaterThan(20)
})

describe.each(routes.filter((route) => route in ROWS))('%s', (route) => {
  const [method = ''] = route.split(' ')

  test('waits for one trip at most, with cookies, by Bearer and signed out', async () => {
    for (const client of [anna, anna.asApiClient()]) {
      const ask = await ROWS[route]?.()
      const { answer, trips } = await count(client, method, ask ?? { path: '/' })
      expect([200, 201, 204], answer.text).toContain(answer.status)
      expect(trips).toBeLessThanOrEqual(1)
    }
    const ask = await ROWS[route]?.()
    const { answer, trips } = await count(actors.visitor(), method, ask ?? { path: '/' })
    expect([200, 204, 401], answer.text).toContain(answer.status)
    expect(trips, 'signed out').toBeLessThanOrEqual(answer.status === 401 ? 0 : 1)
  })
})

describe.each(routes.filter((route) => route in SESSION))('%s', (route) => {
  const [method = ''] = route.split(' ')

  test('keeps to its bound', async () => {
    const { ask, trips: bound } = SESSION[route] ?? { ask: () => ({ path: '/' }), trips: 0 }
    const person = await actors.join('dora')
    const { answer, trips } = await count(person, method, await ask(person))
    expect([200, 201, 204], answer.text).toContain(answer.status)
    expect(trips).toBeLessThanOrEqual(bound)
  })
})

test('a first request makes the person, and takes three trips', async () => {
  const sam = actors.unregistered('sam')
  await sam.signsUp()
  await sam.confirms()
  await site.db.sql('delete from users where handle = $1', [sam.handle])
  const before = site.database.count()
  const answer = await sam.get('/api/activities/home')
  expect(answer.status, answer.text).toBe(200)
  expect(site.database.count() - before).toBe(3)
})

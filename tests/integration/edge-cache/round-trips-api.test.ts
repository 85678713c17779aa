import { beforeAll, describe, expect, test } from 'vitest'
import { api } from '../../../worker/api/api.ts'
import type { Activity } from '../../../worker/contract/activity.ts'
import { LIVE_PATH } from '../../../worker/contract/live.ts'
import { PUSH_PATH } from '../../../worker/contract/push-path.ts'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { changesProfile } from '../../support/actors/change-profile.ts'
import { postsImages, uploads } from '../../support/actors/images.ts'
import { reportOf } from '../../support/actors/reports.ts'
import { PUSH_SUBSCRIPTION } from '../../support/fixtures/push-subscription.ts'

const site = await openSite()
const { actors } = site

/** A valid request. */
type RequestSpec = { path: string; json?: unknown; bytes?: Uint8Array }

let anna: Actor
let ben: Actor
/** Anna's activity. */
let own: Activity
/** Ben's activity. */
let other: Activity
let group: string
beforeAll(async () => {
  ;[anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  await site.cognito.setGroups(anna.email, ['moderators'])
  await anna.signsIn()
  own = await anna.posts('about #tags, by @nobody')
  other = await ben.posts('hi')
  await anna.replies(other, 'ho')
  group = (await ben.post('/api/messages', { message: 'hi', handle: anna.handle })).body.message_group_uuid
})

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const ofActivity = (activity: Activity, rest = '') => ({ path: `/api/activities/${activity.uuid}${rest}` })
const ofUser = (actor: Actor, rest = '') => ({ path: `/api/users/@${actor.handle}${rest}` })
const postNew = async () => anna.posts('to be deleted')
const sessionOfOtherDevice = async () => {
  await anna.onAnotherDevice().signsIn()
  return (await anna.get('/api/session/devices?limit=1')).body.data[0].uuid
}
/** Returns the handle of a user who asks to follow anna. */
const newFollowRequest = async () => {
  await changesProfile(anna, { approves_followers: true })
  const dora = await actors.join('dora')
  await dora.put(`/api/users/@${anna.handle}/follow`)
  return dora.handle
}
const newMessage = async () =>
  (await anna.post('/api/messages', { message: 'psst', message_group_uuid: group })).body.uuid
/** Returns a conversation that dora has begun with anna. */
const newRequest = async () => {
  const dora = await actors.join('dora')
  return (await dora.post('/api/messages', { message: 'hi', handle: anna.handle })).body.message_group_uuid
}
const newNotification = async () => {
  await ben.replies(own, 'look')
  return (await anna.get('/api/notifications?limit=1')).body.data[0].uuid
}

/** A report of ben's activity by anna. */
const newReport = async () => {
  const { uuid, message, report_token } = (await ben.post('/api/activities', { message: 'bad', ttl: '1-hour' })).body
  return { path: '/api/reports', json: { activity_uuid: uuid, message, report_token, reason: 'spam' } }
}
/** A report by nobody in particular, since a user may make ten an hour. */
const reportReceived = async () => {
  const json = { ...(await newReport()).json, reason: 'child_abuse', good_faith: true }
  return (await actors.visitor().post('/api/reports', json)).body
}
const ofReport = async (rest = '') => ({ path: `/api/moderation/reports/${(await reportReceived()).uuid}${rest}` })
/** An image of a report that anna has opened. */
const imageOfReport = async () => {
  const json = reportOf(await postsImages(ben), { reason: 'child_abuse', good_faith: true })
  const path = `/api/moderation/reports/${(await actors.visitor().post('/api/reports', json)).body.uuid}`
  await anna.get(path)
  return `${path}/images/1`
}
const DELETE = { action: 'delete', rule: 'spam', statement: 'why' }
/** A decision against ben. */
const decided = async () => {
  const { path } = await ofReport()
  await anna.post(`${path}/decision`, DELETE)
  return path
}
/** A statement of reasons to anna. */
const statementToAnna = async () =>
  (
    await site.db.sql(
      `insert into statements (user_uuid, moderator_uuid, kind, subject_uuid, action, rule, statement)
       select uuid, uuidv7(), 'user', uuid, 'delete', 'spam', 'why' from users where handle = $1 returning uuid`,
      [anna.handle],
    )
  )[0]?.uuid
const appealed = async () => {
  const path = await decided()
  await site.db.sql('update statements set appealed_at = now() where answered_at is null')
  return path
}

/** Anna's request for each route. What it needs is created before the trips are counted. */
const REQUESTS: Record<string, () => RequestSpec | Promise<RequestSpec>> = {
  'GET /api/health-check': () => ({ path: '/api/health-check?deep=1' }),
  'GET /api/openapi.json': () => ({ path: '/api/openapi.json' }),
  'POST /api/client-errors': () => ({ path: '/api/client-errors', json: CLIENT_ERROR }),
  'GET /api/activities/home': () => ({ path: '/api/activities/home' }),
  'GET /api/activities/everyone': () => ({ path: '/api/activities/everyone' }),
  'GET /api/activities/last-light': () => ({ path: '/api/activities/last-light' }),
  'GET /api/activities/search': () => ({ path: '/api/activities/search?term=tags' }),
  'POST /api/activities': () => ({ path: '/api/activities', json: { message: 'hi', ttl: '1-hour' } }),
  'GET /api/activities/:uuid': () => ofActivity(own),
  'PATCH /api/activities/:uuid': () => ({ ...ofActivity(own), json: { who_can_reply: 'everyone' } }),
  'DELETE /api/activities/:uuid': async () => ofActivity(await postNew()),
  'GET /api/activities/:uuid/weight': () => ofActivity(own, '/weight'),
  'GET /api/activities/:uuid/replies': () => ofActivity(other, '/replies'),
  'POST /api/activities/:uuid/replies': () => ({ ...ofActivity(other, '/replies'), json: { message: 'ho' } }),
  'PUT /api/activities/:uuid/like': () => ofActivity(other, '/like'),
  'DELETE /api/activities/:uuid/like': () => ofActivity(other, '/like'),
  'PUT /api/activities/:uuid/repost': () => ofActivity(other, '/repost'),
  'DELETE /api/activities/:uuid/repost': () => ofActivity(other, '/repost'),
  'GET /api/activities/:uuid/likes': () => ofActivity(other, '/likes'),
  'GET /api/activities/:uuid/reposts': () => ofActivity(other, '/reposts'),
  'DELETE /api/images/:uuid': async () => ({ path: `/api/images/${(await uploads(anna)).uuid}` }),
  'GET /api/users': () => ({ path: '/api/users?prefix=be' }),
  'GET /api/users/search': () => ({ path: '/api/users/search?term=ben' }),
  'GET /api/users/suggested': () => ({ path: '/api/users/suggested' }),
  'GET /api/users/unreached': () => ({ path: `/api/users/unreached?audience=followers&handles=${ben.handle}` }),
  'GET /api/users/:at_handle': () => ofUser(ben),
  'GET /api/users/:at_handle/short': () => ofUser(ben, '/short'),
  'GET /api/users/:at_handle/activities': () => ofUser(ben, '/activities'),
  'GET /api/users/:at_handle/followers': () => ofUser(ben, '/followers'),
  'GET /api/users/:at_handle/following': () => ofUser(ben, '/following'),
  'PUT /api/users/:at_handle/follow': () => ofUser(ben, '/follow'),
  'DELETE /api/users/:at_handle/follow': () => ofUser(ben, '/follow'),
  'PUT /api/users/:at_handle/mute': () => ({ ...ofUser(ben, '/mute'), json: { seconds: 60 } }),
  'DELETE /api/users/:at_handle/mute': () => ofUser(ben, '/mute'),
  'PUT /api/users/:at_handle/block': async () => ofUser(await actors.join('cleo'), '/block'),
  'DELETE /api/users/:at_handle/block': async () => ofUser(await actors.join('cleo'), '/block'),
  'DELETE /api/followers/:at_handle': () => ({ path: `/api/followers/@${ben.handle}` }),
  'GET /api/follow-requests': () => ({ path: '/api/follow-requests' }),
  'PUT /api/follow-requests/:at_handle': async () => ({ path: `/api/follow-requests/@${await newFollowRequest()}` }),
  'DELETE /api/follow-requests/:at_handle': async () => ({ path: `/api/follow-requests/@${await newFollowRequest()}` }),
  'GET /api/circle': () => ({ path: '/api/circle' }),
  'PUT /api/circle/:at_handle': () => ({ path: `/api/circle/@${ben.handle}` }),
  'DELETE /api/circle/:at_handle': () => ({ path: `/api/circle/@${ben.handle}` }),
  'GET /api/arrival': () => ({ path: '/api/arrival' }),
  'DELETE /api/arrival': () => ({ path: '/api/arrival' }),
  'GET /api/tags/trending': () => ({ path: '/api/tags/trending' }),
  'GET /api/tags/:tag': () => ({ path: '/api/tags/tags' }),
  'GET /api/notifications': () => ({ path: '/api/notifications' }),
  'GET /api/notifications/unread': () => ({ path: '/api/notifications/unread' }),
  'POST /api/notifications/read': async () => ({
    path: '/api/notifications/read',
    json: { up_to: await newNotification() },
  }),
  'GET /api/message_groups': () => ({ path: '/api/message_groups' }),
  'GET /api/message_groups/unread': () => ({ path: '/api/message_groups/unread' }),
  'GET /api/message_groups/with/:at_handle': () => ({ path: `/api/message_groups/with/@${ben.handle}` }),
  'GET /api/message_groups/:uuid': () => ({ path: `/api/message_groups/${group}` }),
  'GET /api/message_groups/:uuid/messages': () => ({ path: `/api/message_groups/${group}/messages` }),
  'POST /api/message_groups/:uuid/read': () => ({ path: `/api/message_groups/${group}/read` }),
  'POST /api/message_groups/:uuid/accept': () => ({ path: `/api/message_groups/${group}/accept` }),
  'DELETE /api/message_groups/:uuid': async () => ({ path: `/api/message_groups/${await newRequest()}` }),
  'DELETE /api/messages/:uuid': async () => ({ path: `/api/messages/${await newMessage()}` }),
  'POST /api/messages': () => ({ path: '/api/messages', json: { message: 'ho', message_group_uuid: group } }),
  'POST /api/reports': newReport,
  'GET /api/reports/:reference': async () => ({ path: `/api/reports/${(await reportReceived()).reference}` }),
  'GET /api/statements/:uuid': async () => ({ path: `/api/statements/${await statementToAnna()}` }),
  'POST /api/statements/:uuid/appeal': async () => ({
    path: `/api/statements/${await statementToAnna()}/appeal`,
    json: { text: 'why' },
  }),
  'GET /api/moderation/reports': () => ({ path: '/api/moderation/reports' }),
  'GET /api/moderation/reports/:uuid': () => ofReport(),
  'GET /api/moderation/reports/:uuid/images/:position': async () => ({ path: await imageOfReport() }),
  'POST /api/moderation/reports/:uuid/decision': async () => ({ ...(await ofReport('/decision')), json: DELETE }),
  'POST /api/moderation/reports/:uuid/undo': async () => ({ path: `${await decided()}/undo`, json: {} }),
  'POST /api/moderation/reports/:uuid/appeal': async () => ({
    path: `${await appealed()}/appeal`,
    json: { decision: 'upheld', answer: 'no' },
  }),
  'GET /api/moderation/log': () => ({ path: '/api/moderation/log' }),
  'GET /api/transparency': () => ({ path: '/api/transparency' }),
  'GET /api/contact': () => ({ path: '/api/contact' }),
  'GET /api/profile': () => ({ path: '/api/profile' }),
  'PATCH /api/profile': () => ({ path: '/api/profile', json: { bio: 'anna’s' } }),
  'GET /api/profile/blocks': () => ({ path: '/api/profile/blocks' }),
  'GET /api/profile/export': () => ({ path: '/api/profile/export' }),
  'GET /api/profile/mutes': () => ({ path: '/api/profile/mutes' }),
  'DELETE /api/profile/avatar': () => ({ path: '/api/profile/avatar' }),
  'PUT /api/profile/handle': () => ({ path: '/api/profile/handle', json: { handle: 'another' } }),
  'GET /api/session': () => ({ path: '/api/session' }),
  'GET /api/push-subscriptions': () => ({ path: PUSH_PATH }),
  'PUT /api/push-subscriptions': () => ({ path: PUSH_PATH, json: PUSH_SUBSCRIPTION }),
  'DELETE /api/push-subscriptions': () => ({ path: PUSH_PATH, json: { endpoint: PUSH_SUBSCRIPTION.endpoint } }),
  'GET /api/session/devices': () => ({ path: '/api/session/devices' }),
  'DELETE /api/session/devices/:uuid': async () => ({ path: `/api/session/devices/${await sessionOfOtherDevice()}` }),
  'DELETE /api/session/others': () => ({ path: '/api/session/others' }),
}

const CLIENT_ERROR = { name: 'TypeError', route: '/', frames: ['at /assets/entry-a.js:1:2'] }

/** Routes that may take more than one round trip, each with its bound. */
const BOUNDED_REQUESTS: Record<
  string,
  { makeRequest: (actor: Actor) => RequestSpec | Promise<RequestSpec>; trips: number }
> = {
  'POST /api/images': {
    makeRequest: () => ({ path: '/api/images', bytes: Buffer.from(PIXEL, 'base64') }),
    // Checks the session before it decodes the image; stores the row.
    trips: 2,
  },
  'PUT /api/profile/avatar': {
    makeRequest: () => ({ path: '/api/profile/avatar', bytes: Buffer.from(PIXEL, 'base64') }),
    // Checks the session before it decodes the image; stores the key.
    trips: 2,
  },
  'POST /api/session': {
    makeRequest: ({ email }) => ({ path: '/api/session', json: { email, password: PASSWORD } }),
    // Counts the attempt, takes it back, reads the user.
    trips: 3,
  },
  // Ends it; after the answer, records that Cognito has revoked it.
  'DELETE /api/session': { makeRequest: () => ({ path: '/api/session' }), trips: 2 },
  'DELETE /api/session/all': { makeRequest: () => ({ path: '/api/session/all' }), trips: 1 },
  'PUT /api/session/password': {
    makeRequest: () => ({ path: '/api/session/password', json: { current: PASSWORD, new: 'Another-2027?' } }),
    // The new session is opened once more if it begins in the second in which the old ones end.
    trips: 5,
  },
  'DELETE /api/profile': {
    makeRequest: () => ({ path: '/api/profile', json: { password: PASSWORD } }),
    // Five before the answer: the user, the attempt, its result, hiding the account, Cognito's answer. The removal of
    // rows after it counts as far as it is fast.
    trips: 14,
  },
  'POST /api/session/sign-up': {
    makeRequest: () => ({ path: '/api/session/sign-up', json: actors.unregistered('dora').details }),
    // Checks the handle, counts the mail.
    trips: 2,
  },
  // Counts the look-up, checks the handle.
  'GET /api/session/sign-up/handle': {
    makeRequest: () => ({ path: `/api/session/sign-up/handle?handle=${actors.unregistered('dora').handle}` }),
    trips: 2,
  },
  'POST /api/session/confirm': {
    makeRequest: async () => {
      const dora = actors.unregistered('dora')
      await dora.signsUp()
      return {
        path: '/api/session/confirm',
        json: { email: dora.email, code: dora.code, password: dora.details.password },
      }
    },
    // Two attempts, the mark, the proof, the user.
    trips: 7,
  },
  'GET /api/session/confirm': {
    makeRequest: ({ email }) => ({ path: `/api/session/confirm?email=${email}` }),
    trips: 0,
  },
  'POST /api/session/resend': {
    makeRequest: ({ email }) => ({ path: '/api/session/resend', json: { email } }),
    trips: 1,
  },
  'POST /api/session/recover': {
    makeRequest: ({ email }) => ({ path: '/api/session/recover', json: { email } }),
    trips: 1,
  },
  'POST /api/session/recover/confirm': {
    makeRequest: async (actor) => {
      await actor.post('/api/session/recover', { email: actor.email })
      const json = { email: actor.email, code: actor.code, password: 'Another-2027?' }
      return { path: '/api/session/recover/confirm', json }
    },
    // Counts the attempt, records the reset, ends earlier sessions, settles two counters.
    trips: 5,
  },
}

const routes = [
  ...new Set(
    api.routes
      // live/sockets.test.ts counts the trips of /api/live, which opens a WebSocket.
      .filter(({ method, path }) => method !== 'ALL' && path !== LIVE_PATH)
      .map(({ method, path }) => `${method} ${path}`),
  ),
]

async function count(client: Client, method: string, { path, json, bytes }: RequestSpec) {
  const type = bytes ? { 'content-type': 'image/png' } : { 'content-type': 'application/json' }
  const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json))
  const answer = await client.send(method, path, body === undefined ? {} : type, body as BodyInit | undefined)
  // As Server-Timing says, since work after an answer may go on during the next request; edge-cache.test.ts checks that
  // it equals the trips made.
  const [, trips] = /db;dur=[\d.]+;desc="(\d+)"/.exec(answer.headers.get('server-timing') ?? '') ?? []
  return { answer, trips: Number(trips) }
}

test('every route of the API has a request here', () => {
  expect(routes.filter((route) => !(route in REQUESTS) && !(route in BOUNDED_REQUESTS))).toEqual([])
  expect(routes.length).toBeGreaterThan(20)
})

describe.each(routes.filter((route) => route in REQUESTS))('%s', (route) => {
  const [method = ''] = route.split(' ')

  test('takes one round trip at most, with cookies, by Bearer and signed out', async () => {
    for (const client of [anna, anna.asApiClient()]) {
      const makeRequest = await REQUESTS[route]?.()
      const { answer, trips } = await count(client, method, makeRequest ?? { path: '/' })
      expect([200, 201, 204], answer.text).toContain(answer.status)
      expect(trips).toBeLessThanOrEqual(1)
    }
    const makeRequest = await REQUESTS[route]?.()
    const { answer, trips } = await count(actors.visitor(), method, makeRequest ?? { path: '/' })
    // 404: for moderators; 422: a report without a name.
    expect([200, 204, 401, 404, 422], answer.text).toContain(answer.status)
    expect(trips, 'signed out').toBeLessThanOrEqual(answer.status >= 400 ? 0 : 1)
  })
})

describe.each(routes.filter((route) => route in BOUNDED_REQUESTS))('%s', (route) => {
  const [method = ''] = route.split(' ')

  test('takes no more round trips than its bound', async () => {
    const { makeRequest, trips: bound } = BOUNDED_REQUESTS[route] ?? { makeRequest: () => ({ path: '/' }), trips: 0 }
    const actor = await actors.join('dora')
    const { answer, trips } = await count(actor, method, await makeRequest(actor))
    expect([200, 201, 204], answer.text).toContain(answer.status)
    expect(trips).toBeLessThanOrEqual(bound)
  })
})

test('the first request of a user creates the row, in three round trips', async () => {
  const sam = actors.unregistered('sam')
  await sam.signsUp()
  await sam.confirms()
  await site.db.sql('delete from users where handle = $1', [sam.handle])
  const before = site.database.count()
  const answer = await sam.get('/api/activities/home')
  expect(answer.status, answer.text).toBe(200)
  expect(site.database.count() - before).toBe(3)
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api } from '../../../worker/api/api.ts'
import type { Activity } from '../../../worker/contract/activity.ts'
import { openSite } from '../../harness/site.ts'
import { follows, posts, replies, sendsMessage } from '../../support/actors/actions.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { uploads } from '../../support/actors/images.ts'
import { type ApiUser, moderators, users } from '../../support/actors/many-users.ts'
import { decides, reports, statementOf } from '../../support/actors/reports.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { findTextInTables } from '../../support/assertions/find-text-in-tables.ts'
import { PUSH_SUBSCRIPTION } from '../../support/fixtures/push-subscription.ts'

const site = await openSite()
const { db, actors, cognito } = site

/** Values that no request may set, which occur nowhere else. */
const UUID = crypto.randomUUID()
const FORBIDDEN_VALUES = [UUID, '471147', '2031-03-04', '2021-03-04', 'sub_of_another', 'stolen@', 'f'.repeat(64)]

/** Does nothing; requests try to act as him. */
let ben: ApiUser
let anna: Actor
let cleo: ApiUser
let activity: Activity
let other: Activity
let group: string
/** A message request to Anna. */
let request: string
let ownMessage: string
let notification: string
let image: string
let device: string
/** Reports of Cleo: open, decided, and decided with an appeal. */
let report: string
let decided: string
let appealed: string
/** A statement of reasons to Anna. */
let statement: string
beforeAll(async () => {
  ;[ben, cleo] = await users(site, 'ben', 'cleo')
  anna = await actors.join()
  await cognito.setGroups(anna.email, ['moderators'])
  await anna.signsIn()
  activity = await anna.posts('to be deleted')
  other = await posts(cleo, 'cleo’s')
  group = (await sendsMessage(cleo, anna, 'psst')).message_group_uuid
  const [dora] = await users(site, 'dora')
  request = (await sendsMessage(dora, anna, 'psst')).message_group_uuid
  ownMessage = (await anna.post('/api/messages', { handle: cleo.handle, message: 'to be deleted' })).body.uuid
  await replies(cleo, activity, 'a reply')
  await follows(cleo, anna)
  await anna.onAnotherDevice().signsIn()
  device = (await anna.get('/api/session/devices')).body.data[0].uuid
  image = (await uploads(anna)).uuid
  notification = (await anna.get('/api/notifications')).body.data[0].uuid
  await prepareReports()
})

async function prepareReports(): Promise<void> {
  const [judge] = await moderators(site, 'judge')
  const warn = { action: 'warn', warning: 'rude' }
  const reportsCleo = async () => reports(judge, await posts(cleo, 'reported'))
  ;[report, decided, appealed] = (await Promise.all([reportsCleo(), reportsCleo(), reportsCleo()])).map(
    ({ uuid }) => uuid,
  ) as [string, string, string]
  await decides(judge, { uuid: decided }, warn)
  await decides(judge, { uuid: appealed }, warn)
  expectStatus(await cleo.post(`/api/statements/${await statementOf(cleo)}/appeal`, { text: 'no' }), 201)
  await decides(judge, await reports(cleo, await posts(anna, 'reported')), warn)
  statement = await statementOf(anna)
}

const extras = () => ({
  uuid: UUID,
  user_uuid: ben.uuid,
  author_uuid: ben.uuid,
  actor_uuid: ben.uuid,
  recipient_uuid: ben.uuid,
  viewer: { sub: ben.sub, uuid: ben.uuid },
  viewer_sub: ben.sub,
  sub: 'sub_of_another',
  cognito_sub: 'sub_of_another',
  root_uuid: UUID,
  reply_to_activity_uuid: UUID,
  activity_uuid: UUID,
  likes_count: 471_147,
  reposts_count: 471_147,
  stored_replies_count: 471_147,
  replies_count: 471_147,
  followers_count: 471_147,
  following_count: 471_147,
  created_at: '2021-03-04T00:00:00Z',
  expires_at: '2031-03-04T00:00:00Z',
  read_at: '2021-03-04T00:00:00Z',
  signed_out_at: '2031-03-04T00:00:00Z',
  place: UUID,
  avatar_key: 'f'.repeat(64),
  is_admin: true,
})
/** With email and handle, for routes that do not take them. */
const extrasWithIdentity = () => ({ ...extras(), email: 'stolen@example.com', handle: ben.handle })

type Write = { path: () => string; json: () => object }
const onActivity = (rest: string, json: () => object = extrasWithIdentity): Write => ({
  path: () => `/api/activities/${other.uuid}${rest}`,
  json,
})
const onUser = (rest: string, json: () => object = extrasWithIdentity): Write => ({
  path: () => `/api/users/@${cleo.handle}${rest}`,
  json,
})
const write = (path: string, json: () => object = extrasWithIdentity): Write => ({ path: () => path, json })
const extrasWithOwnEmail = () => ({ ...extras(), email: anna.email })

/** A valid request of every write route, with forbidden extras. Those that end sessions come last. */
const WRITES: Record<string, Write> = {
  'POST /api/client-errors': write('/api/client-errors', () => ({
    ...extrasWithIdentity(),
    name: 'E',
    route: '/',
    frames: [],
  })),
  'PATCH /api/profile': write('/api/profile', () => ({ ...extrasWithIdentity(), display_name: 'Anna', bio: 'hi' })),
  'PUT /api/profile/handle': write('/api/profile/handle', () => ({ ...extrasWithIdentity(), handle: 'another_one' })),
  'POST /api/images': write('/api/images'),
  'DELETE /api/images/:uuid': { path: () => `/api/images/${image}`, json: extrasWithIdentity },
  'PUT /api/profile/avatar': write('/api/profile/avatar'),
  'DELETE /api/profile/avatar': write('/api/profile/avatar'),
  'POST /api/activities': write('/api/activities', () => ({
    ...extrasWithIdentity(),
    message: 'created',
    ttl: '1-hour',
  })),
  'PATCH /api/activities/:uuid': {
    path: () => `/api/activities/${activity.uuid}`,
    json: () => ({ ...extrasWithIdentity(), who_can_reply: 'nobody' }),
  },
  'POST /api/activities/:uuid/replies': onActivity('/replies', () => ({ ...extrasWithIdentity(), message: 'replied' })),
  'PUT /api/activities/:uuid/like': onActivity('/like'),
  'DELETE /api/activities/:uuid/like': onActivity('/like'),
  'PUT /api/activities/:uuid/repost': onActivity('/repost'),
  'DELETE /api/activities/:uuid/repost': onActivity('/repost'),
  'DELETE /api/activities/:uuid': { path: () => `/api/activities/${activity.uuid}`, json: extrasWithIdentity },
  'PUT /api/users/:at_handle/follow': onUser('/follow'),
  'DELETE /api/users/:at_handle/follow': onUser('/follow'),
  // Cleo follows her already, so there is nothing to accept.
  'PUT /api/follow-requests/:at_handle': {
    path: () => `/api/follow-requests/@${cleo.handle}`,
    json: extrasWithIdentity,
  },
  'DELETE /api/follow-requests/:at_handle': {
    path: () => `/api/follow-requests/@${cleo.handle}`,
    json: extrasWithIdentity,
  },
  'DELETE /api/followers/:at_handle': { path: () => `/api/followers/@${cleo.handle}`, json: extrasWithIdentity },
  'PUT /api/circle/:at_handle': { path: () => `/api/circle/@${cleo.handle}`, json: extrasWithIdentity },
  'DELETE /api/circle/:at_handle': { path: () => `/api/circle/@${cleo.handle}`, json: extrasWithIdentity },
  'PUT /api/users/:at_handle/mute': onUser('/mute', () => ({ ...extrasWithIdentity(), seconds: 60 })),
  'DELETE /api/users/:at_handle/mute': onUser('/mute'),
  'POST /api/notifications/read': write('/api/notifications/read', () => ({
    ...extrasWithIdentity(),
    up_to: notification,
  })),
  'POST /api/message_groups/:uuid/read': { path: () => `/api/message_groups/${group}/read`, json: extrasWithIdentity },
  'POST /api/message_groups/:uuid/accept': {
    path: () => `/api/message_groups/${group}/accept`,
    json: extrasWithIdentity,
  },
  'DELETE /api/message_groups/:uuid': { path: () => `/api/message_groups/${request}`, json: extrasWithIdentity },
  'POST /api/messages': write('/api/messages', () => ({ ...extras(), message_group_uuid: group, message: 'ho' })),
  'DELETE /api/messages/:uuid': { path: () => `/api/messages/${ownMessage}`, json: extrasWithIdentity },
  'PUT /api/push-subscriptions': write('/api/push-subscriptions', () => ({
    ...extrasWithIdentity(),
    ...PUSH_SUBSCRIPTION,
  })),
  'DELETE /api/push-subscriptions': write('/api/push-subscriptions', () => ({
    ...extrasWithIdentity(),
    ...PUSH_SUBSCRIPTION,
  })),
  'POST /api/reports': write('/api/reports', () => ({
    ...extras(),
    // It takes one subject.
    activity_uuid: undefined,
    handle: cleo.handle,
    reason: 'spam',
  })),
  'POST /api/moderation/reports/:uuid/decision': {
    path: () => `/api/moderation/reports/${report}/decision`,
    json: () => ({ ...extrasWithIdentity(), action: 'dismiss', rule: 'other' }),
  },
  'POST /api/moderation/reports/:uuid/undo': {
    path: () => `/api/moderation/reports/${decided}/undo`,
    json: extrasWithIdentity,
  },
  'POST /api/moderation/reports/:uuid/appeal': {
    path: () => `/api/moderation/reports/${appealed}/appeal`,
    json: () => ({ ...extrasWithIdentity(), decision: 'upheld', answer: 'still rude' }),
  },
  'POST /api/statements/:uuid/appeal': {
    path: () => `/api/statements/${statement}/appeal`,
    json: () => ({ ...extrasWithIdentity(), text: 'not rude' }),
  },
  'PUT /api/users/:at_handle/block': onUser('/block'),
  'DELETE /api/users/:at_handle/block': onUser('/block'),
  'POST /api/session/sign-up': write('/api/session/sign-up', () => ({ ...extras(), ...actors.unregistered().details })),
  'POST /api/session/confirm': write('/api/session/confirm', () => ({ ...extrasWithOwnEmail(), code: '000000' })),
  'POST /api/session/resend': write('/api/session/resend', extrasWithOwnEmail),
  'POST /api/session/recover': write('/api/session/recover', extrasWithOwnEmail),
  'POST /api/session/recover/confirm': write('/api/session/recover/confirm', () => ({
    ...extrasWithOwnEmail(),
    code: '000000',
    password: PASSWORD,
  })),
  'POST /api/session': write('/api/session', () => ({ ...extrasWithOwnEmail(), password: PASSWORD })),
  'PUT /api/session/password': write('/api/session/password', () => ({
    ...extrasWithIdentity(),
    current: PASSWORD,
    new: 'Another-2027?',
  })),
  // A wrong password: a deletion would remove the rows that other tests check.
  'DELETE /api/profile': write('/api/profile', () => ({ ...extrasWithIdentity(), password: 'not hers' })),
  'DELETE /api/session/devices/:uuid': { path: () => `/api/session/devices/${device}`, json: extrasWithIdentity },
  'DELETE /api/arrival': write('/api/arrival'),
  'DELETE /api/session/others': write('/api/session/others'),
  'DELETE /api/session/all': write('/api/session/all'),
  'DELETE /api/session': write('/api/session'),
}

/** Error codes of the requests that are refused, whoever asks. All others succeed. */
const REFUSALS: Record<string, string> = {
  // It takes no further fields.
  'POST /api/client-errors': 'bad_request',
  // These take bytes.
  'POST /api/images': 'image_type_unsupported',
  'PUT /api/profile/avatar': 'avatar_type_unsupported',
  'POST /api/session/confirm': 'code_wrong',
  'POST /api/session/recover/confirm': 'code_wrong',
  'DELETE /api/profile': 'password_wrong',
}

test('the table has every write route', () => {
  const routes = api.routes.filter(({ method }) => !['ALL', 'GET'].includes(method))
  expect(Object.keys(WRITES).sort()).toEqual([...new Set(routes.map(({ method, path }) => `${method} ${path}`))].sort())
})

const asFields = (json: object) =>
  Object.fromEntries(Object.entries(json).map(([key, value]) => [key, typeof value === 'object' ? 'x' : String(value)]))

/** Expects that no forbidden value is stored, and that nothing was done as Ben. */
async function expectIgnored(): Promise<void> {
  expect(await findTextInTables(db, FORBIDDEN_VALUES)).toEqual({})
  expect(await findTextInTables(db, [ben.uuid])).toEqual({ users: 1 })
  const [row] = await db.sql('select email, cognito_sub, signed_out_at from users where uuid = $1', [ben.uuid])
  expect(row).toEqual({ email: `${ben.handle}@example.com`, cognito_sub: ben.sub, signed_out_at: null })
}

describe('ignores forbidden fields of', () => {
  test.each(Object.keys(WRITES))('%s', async (route) => {
    const [method = ''] = route.split(' ')
    const { path, json } = WRITES[route] as Write
    const body = json()
    const query = new URLSearchParams(asFields(extras()))
    const type = { 'content-type': 'application/json' }
    const answer = await anna.send(method, `${path()}?${query}`, type, JSON.stringify(body))
    const refusal = REFUSALS[route]
    if (refusal) expect(answer.body.errors).toMatchObject([{ code: refusal }])
    else expect([200, 201, 202, 204], answer.text).toContain(answer.status)
    for (const word of FORBIDDEN_VALUES) expect(answer.text).not.toContain(word)
    await expectIgnored()
  })

  test('forms', async () => {
    const dora = await actors.join('dora')
    const more = asFields(extrasWithIdentity())
    const own = await dora.posts('dora’s')
    const activityPath = `/@${dora.handle}/status/${own.uuid}`
    const forms: [string, Record<string, string>][] = [
      ['/', { ...more, message: 'by form', ttl: '1-hour' }],
      [activityPath, { ...more, message: 'replied by form' }],
      [`${activityPath}/like`, { ...more, on: '1' }],
      [`${activityPath}/repost`, { ...more, on: '1' }],
      [`/@${cleo.handle}/follow`, { ...more, on: '1' }],
      [`/messages/new/${cleo.handle}`, { ...more, message: 'by form' }],
      ['/settings', { ...more, intent: 'profile', display_name: 'Dora', display_name_before: 'Dora', bio: 'ho' }],
      [`${activityPath}/rewrite`, { ...more, message: 'rewritten by form' }],
    ]
    for (const [path, fields] of forms) {
      const answer = await dora.submits(path, fields)
      expect(answer.status, path).toBe(303)
      await expectIgnored()
    }
    expect((await dora.get('/api/session')).body.viewer.handle).toBe(dora.handle)
  })
})

afterAll(async () => {
  // The requests had an effect, without the forbidden fields.
  const stored = await db.sql<{ message: string }>('select message from activities order by uuid')
  expect(stored.map(({ message }) => message)).toEqual(
    expect.arrayContaining(['created', 'replied', 'rewritten by form']),
  )
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api } from '../../../worker/api/app.ts'
import type { Activity } from '../../../worker/contract/activity.ts'
import { openSite } from '../../harness/site.ts'
import { follows, posts, replies, sendsMessage } from '../../support/actors/actions.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'
import { findTextInTables } from '../../support/assertions/find-text-in-tables.ts'

const site = await openSite()
const { db, actors } = site

/** What no request may set, in words that stand nowhere else. */
const UUID = crypto.randomUUID()
const WORDS = [UUID, '471147', '2031-03-04', '2021-03-04', 'sub_of_another', 'stolen@', 'f'.repeat(64)]

/** Somebody who does nothing at all, and in whose name nothing may be done. */
let ben: ApiUser
let anna: Actor
let cleo: ApiUser
let crud: Activity
let other: Activity
let group: string
let told: string
let device: string
beforeAll(async () => {
  ;[ben, cleo] = await users(site, 'ben', 'cleo')
  anna = await actors.join()
  crud = await anna.posts('to be put out')
  other = await posts(cleo, 'cleo’s')
  group = (await sendsMessage(cleo, anna, 'psst')).message_group_uuid
  await replies(cleo, crud, 'a reply')
  await follows(cleo, anna)
  await anna.onAnotherDevice().signsIn()
  device = (await anna.get('/api/session/devices')).body.data[0].uuid
  told = (await anna.get('/api/notifications')).body.data[0].uuid
})

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
/** Where the route itself takes no email or handle. */
const alsoWho = () => ({ ...extras(), email: 'stolen@example.com', handle: ben.handle })

type Write = { path: () => string; json: () => object }
const about = (rest: string, json: () => object = alsoWho): Write => ({
  path: () => `/api/activities/${other.uuid}${rest}`,
  json,
})
const to = (rest: string, json: () => object = alsoWho): Write => ({
  path: () => `/api/users/@${cleo.handle}${rest}`,
  json,
})
const plain = (path: string, json: () => object = alsoWho): Write => ({ path: () => path, json })
const address = () => ({ ...extras(), email: anna.email })

/** A good request of every route that writes, with all that it may not set besides. Those that end sessions come last. */
const WRITES: Record<string, Write> = {
  'POST /api/client-errors': plain('/api/client-errors', () => ({ ...alsoWho(), name: 'E', route: '/', frames: [] })),
  'PATCH /api/profile': plain('/api/profile', () => ({ ...alsoWho(), display_name: 'Anna', bio: 'hi' })),
  'PUT /api/profile/handle': plain('/api/profile/handle', () => ({ ...alsoWho(), handle: 'another_one' })),
  'PUT /api/profile/avatar': plain('/api/profile/avatar'),
  'DELETE /api/profile/avatar': plain('/api/profile/avatar'),
  'POST /api/activities': plain('/api/activities', () => ({ ...alsoWho(), message: 'made', ttl: '1-hour' })),
  'POST /api/activities/:uuid/replies': about('/replies', () => ({ ...alsoWho(), message: 'answered' })),
  'PUT /api/activities/:uuid/like': about('/like'),
  'DELETE /api/activities/:uuid/like': about('/like'),
  'PUT /api/activities/:uuid/repost': about('/repost'),
  'DELETE /api/activities/:uuid/repost': about('/repost'),
  'DELETE /api/activities/:uuid': { path: () => `/api/activities/${crud.uuid}`, json: alsoWho },
  'PUT /api/users/:at_handle/follow': to('/follow'),
  'DELETE /api/users/:at_handle/follow': to('/follow'),
  'PUT /api/users/:at_handle/mute': to('/mute', () => ({ ...alsoWho(), seconds: 60 })),
  'DELETE /api/users/:at_handle/mute': to('/mute'),
  'POST /api/notifications/read': plain('/api/notifications/read', () => ({ ...alsoWho(), up_to: told })),
  'POST /api/message_groups/:uuid/read': { path: () => `/api/message_groups/${group}/read`, json: alsoWho },
  'POST /api/messages': plain('/api/messages', () => ({ ...extras(), message_group_uuid: group, message: 'ho' })),
  'PUT /api/users/:at_handle/block': to('/block'),
  'DELETE /api/users/:at_handle/block': to('/block'),
  'POST /api/session/sign-up': plain('/api/session/sign-up', () => ({ ...extras(), ...actors.unregistered().details })),
  'POST /api/session/confirm': plain('/api/session/confirm', () => ({ ...address(), code: '000000' })),
  'POST /api/session/resend': plain('/api/session/resend', address),
  'POST /api/session/recover': plain('/api/session/recover', address),
  'POST /api/session/recover/confirm': plain('/api/session/recover/confirm', () => ({
    ...address(),
    code: '000000',
    password: PASSWORD,
  })),
  'POST /api/session': plain('/api/session', () => ({ ...address(), password: PASSWORD })),
  'PUT /api/session/password': plain('/api/session/password', () => ({
    ...alsoWho(),
    current: PASSWORD,
    new: 'Another-2027?',
  })),
  // Were the password hers, all would be gone that the others are looked for in.
  'DELETE /api/profile': plain('/api/profile', () => ({ ...alsoWho(), password: 'not hers' })),
  'DELETE /api/session/devices/:uuid': { path: () => `/api/session/devices/${device}`, json: alsoWho },
  'DELETE /api/session/others': plain('/api/session/others'),
  'DELETE /api/session/all': plain('/api/session/all'),
  'DELETE /api/session': plain('/api/session'),
}

test('every route that writes is in the table', () => {
  const routes = api.routes.filter(({ method }) => !['ALL', 'GET'].includes(method))
  expect(Object.keys(WRITES).sort()).toEqual([...new Set(routes.map(({ method, path }) => `${method} ${path}`))].sort())
})

const flat = (json: object) =>
  Object.fromEntries(Object.entries(json).map(([key, value]) => [key, typeof value === 'object' ? 'x' : String(value)]))

/** Nothing of it is anywhere, and nothing was done as the person whom it names. */
async function expectIgnored(): Promise<void> {
  expect(await findTextInTables(db, WORDS)).toEqual({})
  expect(await findTextInTables(db, [ben.uuid])).toEqual({ users: 1 })
  const [row] = await db.sql('select email, cognito_sub, signed_out_at from users where uuid = $1', [ben.uuid])
  expect(row).toEqual({ email: `${ben.handle}@example.com`, cognito_sub: ben.sub, signed_out_at: null })
}

describe('what a request may not set it does not set', () => {
  test.each(Object.keys(WRITES))('%s', async (route) => {
    const [method = ''] = route.split(' ')
    const { path, json } = WRITES[route] as Write
    const body = json()
    const query = new URLSearchParams(flat(extras()))
    const type = { 'content-type': 'application/json' }
    const answer = await anna.send(method, `${path()}?${query}`, type, JSON.stringify(body))
    expect(answer.status, answer.text).toBeLessThan(500)
    // None is refused for who asks: what was asked for was done, or is wrong in itself.
    expect([401, 403, 404], answer.text).not.toContain(answer.status)
    for (const word of WORDS) expect(answer.text).not.toContain(word)
    await expectIgnored()
  })

  test('by a form', async () => {
    const dora = await actors.join('dora')
    const more = flat(alsoWho())
    const own = await dora.posts('dora’s')
    const at = `/@${dora.handle}/status/${own.uuid}`
    const forms: [string, Record<string, string>][] = [
      ['/', { ...more, message: 'by form', ttl: '1-hour' }],
      [at, { ...more, message: 'answered by form' }],
      [`${at}/like`, { ...more, on: '1' }],
      [`${at}/repost`, { ...more, on: '1' }],
      [`/@${cleo.handle}/follow`, { ...more, on: '1' }],
      [`/messages/new/${cleo.handle}`, { ...more, message: 'by form' }],
      ['/settings', { ...more, intent: 'profile', display_name: 'Dora', display_name_before: 'Dora', bio: 'ho' }],
      [`${at}/rewrite`, { ...more, message: 'anew by form' }],
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
  // The requests were good ones, without what they may not set.
  const made = await db.sql<{ message: string }>('select message from activities order by uuid')
  expect(made.map(({ message }) => message)).toEqual(expect.arrayContaining(['made', 'answered', 'anew by form']))
})

import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  deletes,
  likes,
  lists,
  mutes,
  posts,
  reads,
  replies,
  reposts,
  rewrites,
  uuidsIn,
} from '../../support/actors/actions.ts'
import { expireActivities, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site

describe('delete and rewrite', () => {
  test('creates an activity with the same expiry, and deletes the old one with its replies and reactions', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const word = `w${crypto.randomUUID().slice(0, 8)}`
    const old = await posts(anna, `teh #${word} @${ben.handle}`, '3-hours')
    const reply = await replies(ben, old, 'ho')
    await likes(ben, old)
    await reposts(ben, old)
    const activity = await rewrites(anna, old, `the #${word} @${ben.handle}`)
    expect(activity).toMatchObject({
      message: `the #${word} @${ben.handle}`,
      expires_at: old.expires_at,
      likes_count: 0,
    })
    expect(activity.uuid).not.toBe(old.uuid)
    for (const { uuid } of [old, reply]) expectStatus(await actors.visitor().get(`/api/activities/${uuid}`), 410)
    expect(await uuidsIn(ben, `/api/tags/${word}`)).toEqual([activity.uuid])
    expect(await uuidsIn(anna, `/api/users/@${anna.handle}/activities`)).toEqual([activity.uuid])
    expect(await uuidsIn(anna, '/api/activities/everyone')).toContain(activity.uuid)
    const notifications = await lists(ben, '/api/notifications')
    expect(notifications.map((item) => [item.kind, item.activity.uuid])).toEqual([['mention', activity.uuid]])
    expect(await lists(anna, '/api/notifications')).toEqual([])
  })

  test('a rewritten reply stays in its thread and notifies the parent’s author', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'hi', '3-hours')
    const old = await replies(ben, activity, 'hoo', '1-hour')
    const reply = await rewrites(ben, old, `ho @${anna.handle} ${'x'.repeat(900)}`)
    expect(reply).toMatchObject({
      reply_to_activity_uuid: activity.uuid,
      reply_to_handle: anna.handle,
      expires_at: old.expires_at,
    })
    expect(await uuidsIn(anna, `/api/activities/${activity.uuid}/replies`)).toEqual([reply.uuid])
    expect((await reads(anna, `/api/activities/${activity.uuid}`)).replies_count).toBe(1)
    expect((await reads(anna, `/api/activities/${reply.uuid}`)).ancestors).toHaveLength(1)
    expect(await uuidsIn(anna, '/api/activities/everyone')).not.toContain(reply.uuid)
    const notifications = await lists(anna, '/api/notifications')
    expect(notifications.map(({ kind, activity }) => [kind, activity.uuid])).toEqual([['reply', reply.uuid]])
  })

  test('a top-level activity keeps its length limit', async () => {
    const [anna] = await users(site, 'anna')
    const old = await posts(anna, 'hi')
    const long = await anna.post('/api/activities', { message: 'x'.repeat(281), replaces: old.uuid })
    expectErrors(long, 422, [{ code: 'message_exceed_max_chars', field: 'message' }])
    expect(await uuidsIn(anna, `/api/users/@${anna.handle}/activities`)).toEqual([old.uuid])
    await rewrites(anna, old, 'x'.repeat(280))
  })

  test('a reply keeps its length limit', async () => {
    const [anna] = await users(site, 'anna')
    const reply = await replies(anna, await posts(anna, 'hi'), 'ho')
    const long = await anna.post('/api/activities', { message: 'x'.repeat(1_025), replaces: reply.uuid })
    expectErrors(long, 422, [{ code: 'message_exceed_max_chars_1024', field: 'message' }])
  })

  test('an activity of another user answers 403 and stays', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const old = await posts(anna, 'hi')
    expectErrors(await ben.post('/api/activities', { message: 'ha', replaces: old.uuid }), 403, ['not_yours'])
    expect((await reads(ben, `/api/activities/${old.uuid}`)).message).toBe('hi')
    expect(await db.sql('select from activities where user_uuid = $1', [ben.uuid])).toHaveLength(0)
  })

  test('an expired or deleted activity answers 410, and nothing is created', async () => {
    const [anna] = await users(site, 'anna')
    const expired = await posts(anna, 'expired')
    const deleted = await posts(anna, 'deleted')
    await expireActivities(db, expired.uuid)
    await deletes(anna, deleted)
    for (const { uuid } of [expired, deleted]) {
      expectErrors(await anna.post('/api/activities', { message: 'ha', replaces: uuid }), 410, ['gone'])
    }
    expect(await uuidsIn(anna, `/api/users/@${anna.handle}/activities`)).toEqual([])
  })

  test.each(['6f8a6c3e-3f0b-4a52-9d3e-0a3c8a1c8b11', 'x', '', null, 7])(
    'replaces: %j answers 404',
    async (replaces) => {
      const [anna] = await users(site, 'anna')
      const answer = expectStatus(await anna.post('/api/activities', { message: 'ha', replaces }), 404)
      expect(answer.body.errors).toMatchObject([{ code: 'not_found' }])
      expect(await uuidsIn(anna, `/api/users/@${anna.handle}/activities`)).toEqual([])
    },
  )

  test('of ten at once one succeeds, the others answer 410', async () => {
    const [anna] = await users(site, 'anna')
    const old = await posts(anna, 'hi')
    const rewrite = (_: unknown, index: number) =>
      anna.post('/api/activities', { message: `take ${index}`, replaces: old.uuid })
    const answers = await Promise.all(Array.from({ length: 10 }, rewrite))
    expect(answers.map(({ status }) => status).sort(), answers.map(({ text }) => text).join('\n')).toEqual([
      201,
      ...Array(9).fill(410),
    ])
    const [created] = answers.filter(({ status }) => status === 201)
    expect(await uuidsIn(anna, `/api/users/@${anna.handle}/activities`)).toEqual([created?.body.uuid])
  })
})

describe('GET /api/activities/:uuid/weight', () => {
  test('counts live replies at any depth and their authors', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const activity = await posts(anna, 'hi')
    const weight = async (uuid: string) => reads(anna, `/api/activities/${uuid}/weight`)
    expect(await weight(activity.uuid)).toEqual({ replies_count: 0, people_count: 0 })
    const first = await replies(ben, activity, 'one')
    const nested = await replies(cleo, first, 'two')
    await replies(ben, nested, 'three')
    const last = await replies(anna, activity, 'four')
    expect(await weight(activity.uuid)).toEqual({ replies_count: 4, people_count: 3 })
    expect(await reads(ben, `/api/activities/${first.uuid}/weight`)).toEqual({ replies_count: 2, people_count: 2 })
    await mutes(anna, ben)
    expect(await weight(activity.uuid)).toEqual({ replies_count: 4, people_count: 3 })
    await expireActivities(db, nested.uuid)
    await deletes(anna, last)
    expect(await weight(activity.uuid)).toEqual({ replies_count: 1, people_count: 1 })
    // Nobody sees the replies of an account that is being deleted.
    await db.sql('insert into deleted_accounts (user_uuid) values ($1)', [ben.uuid])
    expect(await weight(activity.uuid)).toEqual({ replies_count: 0, people_count: 0 })
  })

  test('answers 404 to everyone but the author', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const activity = await posts(anna, 'hi')
    const reply = await replies(ben, activity, 'one')
    for (const [who, { uuid }] of [
      [ben, activity],
      [cleo, activity],
      [anna, reply],
    ] as const) {
      expectErrors(await who.get(`/api/activities/${uuid}/weight`), 404, ['not_found'])
    }
  })

  test('answers 404, 410 or 401 for an unknown, an expired activity and a visitor', async () => {
    const [anna] = await users(site, 'anna')
    const activity = await posts(anna, 'hi')
    expectErrors(await anna.get('/api/activities/latest/weight'), 404, ['not_found'])
    expectErrors(await actors.visitor().get(`/api/activities/${activity.uuid}/weight`), 401, ['unauthorized'])
    await expireActivities(db, activity.uuid)
    expectErrors(await anna.get(`/api/activities/${activity.uuid}/weight`), 410, ['gone'])
  })
})

test('a deep thread shows the nearest hundred ancestors, and is deleted as a whole', async () => {
  const [anna] = await users(site, 'anna')
  const activity = await posts(anna, 'root')
  await db.sql(
    `with recursive chain as (
       select $1::uuid as uuid, uuidv7() as next, 1 as depth
       union all
       select next, uuidv7(), depth + 1 from chain where depth < 150
     )
     insert into activities (uuid, root_uuid, reply_to_activity_uuid, user_uuid, message, expires_at)
     select chain.next, $1, chain.uuid, $2, 'deep', $3 from chain order by depth`,
    [activity.uuid, anna.uuid, activity.expires_at],
  )
  const [leaf] = await db.sql<{ uuid: string }>(
    `select uuid from activities where root_uuid = $1 and not exists (
       select from activities below where below.reply_to_activity_uuid = activities.uuid)`,
    [activity.uuid],
  )
  expect((await reads(anna, `/api/activities/${leaf?.uuid}`)).ancestors).toHaveLength(100)
  expect(await reads(anna, `/api/activities/${activity.uuid}/weight`)).toEqual({ replies_count: 150, people_count: 1 })
  expectStatus(await anna.delete(`/api/activities/${activity.uuid}`), 204)
  expect(await db.sql('select from activities where root_uuid = $1', [activity.uuid])).toHaveLength(0)
})

import { describe, expect, test } from 'vitest'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { blocks, deletes, lists, posts, sendsMessage, unblocks, uuidsIn } from '../../support/actors/actions.ts'
import { type ApiUser, acquaintances, expireActivities, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db } = site

const postWithKey = (who: ApiUser, path: string, key: string, json: unknown): Promise<Answer> =>
  who.send('POST', path, { 'content-type': 'application/json', 'idempotency-key': key }, JSON.stringify(json))
const newKey = () => crypto.randomUUID()
const BODY = { message: 'once', ttl: '1-hour' }
const ownUuids = (who: ApiUser) => uuidsIn(who, `/api/users/@${who.handle}/activities?limit=100`)
const KEY_REUSED = [{ code: 'idempotency_key_reused', field: 'Idempotency-Key' } as const]

/** The three POST routes that create something: path, body, a count of created rows, and the key's column. */
async function creatingPosts(who: ApiUser, other: ApiUser) {
  const activity = await posts(other, 'hi')
  const count = (table: string) => async () =>
    (await db.sql(`select from ${table} where user_uuid = $1`, [who.uuid])).length
  return [
    { path: '/api/activities', json: BODY, rows: count('activities'), column: 'activity_uuid' },
    {
      path: `/api/activities/${activity.uuid}/replies`,
      json: { message: 'once' },
      rows: count('activities'),
      column: 'activity_uuid',
    },
    {
      path: '/api/messages',
      json: { message: 'once', handle: other.handle },
      rows: count('messages'),
      column: 'message_uuid',
    },
  ]
}

describe.each([0, 1, 2])('creating POST %i', (which) => {
  async function makeFixture() {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const creatingPost = (await creatingPosts(anna, ben))[which]
    if (!creatingPost) throw new Error('no such route')
    return { anna, ben, ...creatingPost }
  }

  test('the same key and body create one row, answered in its current state', async () => {
    const { anna, path, json, rows } = await makeFixture()
    const key = newKey()
    const first = expectStatus(await postWithKey(anna, path, key, json), 201)
    for (const _ of [1, 2]) expect(expectStatus(await postWithKey(anna, path, key, json), 201).body).toEqual(first.body)
    expect(await rows()).toBe(1)
    expectStatus(await postWithKey(anna, path, newKey(), json), 201)
    expect(await rows()).toBe(2)
  })

  test('fifty at once create one row and all answer 201', async () => {
    const { anna, path, json, rows } = await makeFixture()
    const key = newKey()
    const answers = await Promise.all(Array.from({ length: 50 }, () => postWithKey(anna, path, key, json)))
    for (const answer of answers) expectStatus(answer, 201)
    expect(new Set(answers.map(({ body }) => body.uuid)).size).toBe(1)
    expect(await rows()).toBe(1)
  })

  test('another body with the same key answers 422 and creates nothing', async () => {
    const { anna, path, json, rows } = await makeFixture()
    const key = newKey()
    expectStatus(await postWithKey(anna, path, key, json), 201)
    expectErrors(await postWithKey(anna, path, key, { ...json, message: 'twice' }), 422, KEY_REUSED)
    expect(await rows()).toBe(1)
    expectStatus(await postWithKey(anna, path, key, json), 201)
  })

  test('of fifty at once with two bodies one body is created, the other answers 422', async () => {
    const { anna, path, json, rows } = await makeFixture()
    const key = newKey()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => postWithKey(anna, path, key, { ...json, message: `take ${index % 2}` })),
    )
    const created = answers.filter(({ status }) => status === 201)
    expect(created.length, answers.map(({ text }) => text).join('\n')).toBe(25)
    expect(new Set(created.map(({ body }) => body.uuid)).size).toBe(1)
    for (const answer of answers.filter(({ status }) => status !== 201)) expectErrors(answer, 422, KEY_REUSED)
    expect(await rows()).toBe(1)
  })

  test('a rejected request does not use up the key', async () => {
    const { anna, ben, path, json, rows } = await makeFixture()
    const key = newKey()
    expectStatus(await postWithKey(anna, path, key, { ...json, message: '' }), 422)
    expect(await rows()).toBe(0)
    if (which > 0) {
      await blocks(ben, anna)
      expectStatus(await postWithKey(anna, path, key, json), which === 1 ? 410 : 422)
      await unblocks(ben, anna)
    }
    expectStatus(await postWithKey(anna, path, key, json), 201)
    expect(await rows()).toBe(1)
  })

  test('stores neither the text nor the key', async () => {
    const { anna, path, json, column } = await makeFixture()
    const key = `key-${newKey()}`
    const activity = expectStatus(await postWithKey(anna, path, key, { ...json, message: 'a secret text' }), 201).body
    const rows = await db.sql(`select * from idempotency_keys where ${column} = $1`, [activity.uuid])
    expect(rows).toHaveLength(1)
    const dump = JSON.stringify(await db.sql('select * from idempotency_keys'))
    for (const secret of ['secret', key, anna.sub, anna.uuid, anna.handle]) expect(dump).not.toContain(secret)
    expect(rows[0]?.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(rows[0]?.body_mac).toMatch(/^[0-9a-f]{64}$/)
  })

  test('answers 410 and creates nothing if what was created has expired', async () => {
    const { anna, path, json, rows } = await makeFixture()
    const key = newKey()
    const { uuid } = expectStatus(await postWithKey(anna, path, key, json), 201).body
    if (which === 2) await db.sql('delete from messages where uuid = $1', [uuid])
    else await expireActivities(db, uuid)
    expectErrors(await postWithKey(anna, path, key, json), 410, ['gone'])
    if (which < 2) await db.sql('delete from activities where uuid = $1', [uuid])
    expectErrors(await postWithKey(anna, path, key, json), 410, ['gone'])
    expect(await rows()).toBe(0)
  })

  test('the key can be used again after a day', async () => {
    const { anna, path, json, rows } = await makeFixture()
    const key = newKey()
    const first = expectStatus(await postWithKey(anna, path, key, json), 201).body
    const age = (interval: string) =>
      db.sql(
        'update idempotency_keys set created_at = now() - $1::interval where $2 in (activity_uuid, message_uuid)',
        [interval, first.uuid],
      )
    await age('23 hours 59 minutes')
    expect(expectStatus(await postWithKey(anna, path, key, json), 201).body.uuid).toBe(first.uuid)
    await age('24 hours 1 second')
    const second = expectStatus(await postWithKey(anna, path, key, { ...json, message: 'again' }), 201).body
    expect(second.uuid).not.toBe(first.uuid)
    expect(await rows()).toBe(2)
    expect(expectStatus(await postWithKey(anna, path, key, { ...json, message: 'again' }), 201).body.uuid).toBe(
      second.uuid,
    )
  })
})

test('a key belongs to one user and one route', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const key = newKey()
  const createdUuid = async (who: ApiUser, path: string) =>
    expectStatus(await postWithKey(who, path, key, BODY), 201).body.uuid
  const own = await createdUuid(anna, '/api/activities')
  const others = [
    await createdUuid(ben, '/api/activities'),
    await createdUuid(anna, `/api/activities/${own}/replies`),
    await createdUuid(ben, `/api/activities/${own}/replies`),
  ]
  expect(new Set([own, ...others]).size).toBe(4)
})

test('answers 410 if the author has deleted the activity', async () => {
  const [anna] = await users(site, 'anna')
  const key = newKey()
  const activity = expectStatus(await postWithKey(anna, '/api/activities', key, BODY), 201).body
  await deletes(anna, activity)
  expectErrors(await postWithKey(anna, '/api/activities', key, BODY), 410, ['gone'])
  expect(await ownUuids(anna)).toEqual([])
})

test('fifty rewrites at once with one key create one activity and all answer 201', async () => {
  const [anna] = await users(site, 'anna')
  const old = await posts(anna, 'teh')
  const key = newKey()
  const rewrite = () => postWithKey(anna, '/api/activities', key, { message: 'the', replaces: old.uuid })
  const answers = await Promise.all(Array.from({ length: 50 }, rewrite))
  for (const answer of answers) expectStatus(answer, 201)
  expect(new Set(answers.map(({ body }) => body.uuid))).toEqual(new Set(await ownUuids(anna)))
})

test.each(['', 'a b', 'ä'.normalize('NFC'), 'x'.repeat(256)])('rejects the key %j', async (key) => {
  const [anna] = await users(site, 'anna')
  const headers = new Headers({ 'content-type': 'application/json', authorization: anna.headers.authorization ?? '' })
  headers.set('idempotency-key', key)
  const response = await fetch(`${anna.origin}/api/activities`, { method: 'POST', headers, body: JSON.stringify(BODY) })
  expect(response.status, await response.clone().text()).toBe(422)
  expect((await response.json()).errors).toEqual([{ code: 'idempotency_key_invalid', field: 'Idempotency-Key' }])
  expect(await ownUuids(anna)).toEqual([])
})

test('a message sent three times with one key arrives once', async () => {
  const [anna, ben] = await acquaintances(site, 'anna', 'ben')
  const key = newKey()
  await sendsMessage(anna, ben, 'before')
  for (const _ of [1, 2, 3])
    expectStatus(await postWithKey(anna, '/api/messages', key, { message: 'once', handle: ben.handle }), 201)
  expect((await lists(ben, '/api/message_groups'))[0]).toMatchObject({ unread_count: 2 })
})

import { describe, expect, test } from 'vitest'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { blocks, deletes, lists, posts, sendsMessage, unblocks, uuidsIn } from '../../support/actors/actions.ts'
import { type ApiUser, expireActivities, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db } = site

const keyed = (who: ApiUser, path: string, key: string, json: unknown): Promise<Answer> =>
  who.send('POST', path, { 'content-type': 'application/json', 'idempotency-key': key }, JSON.stringify(json))
const fresh = () => crypto.randomUUID()
const CRUD = { message: 'once', ttl: '1-hour' }
const cruds = (who: ApiUser) => uuidsIn(who, `/api/users/@${who.handle}/activities?limit=100`)
const reused = [{ code: 'idempotency_key_reused', field: 'Idempotency-Key' } as const]

/** The three creating POSTs: where to, what, and how many rows of it there are. */
async function ways(who: ApiUser, other: ApiUser) {
  const crud = await posts(other, 'hi')
  const count = (table: string) => async () =>
    (await db.sql(`select from ${table} where user_uuid = $1`, [who.uuid])).length
  return [
    { path: '/api/activities', json: CRUD, rows: count('activities'), column: 'activity_uuid' },
    {
      path: `/api/activities/${crud.uuid}/replies`,
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
  async function scene() {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const way = (await ways(anna, ben))[which]
    if (!way) throw new Error('no such way')
    return { anna, ben, ...way }
  }

  test('the same key and body make one row, answered as it is now', async () => {
    const { anna, path, json, rows } = await scene()
    const key = fresh()
    const first = expectStatus(await keyed(anna, path, key, json), 201)
    for (const _ of [1, 2]) expect(expectStatus(await keyed(anna, path, key, json), 201).body).toEqual(first.body)
    expect(await rows()).toBe(1)
    expectStatus(await keyed(anna, path, fresh(), json), 201)
    expect(await rows()).toBe(2)
  })

  test('fifty at once make one row and fifty good answers', async () => {
    const { anna, path, json, rows } = await scene()
    const key = fresh()
    const answers = await Promise.all(Array.from({ length: 50 }, () => keyed(anna, path, key, json)))
    for (const answer of answers) expectStatus(answer, 201)
    expect(new Set(answers.map(({ body }) => body.uuid)).size).toBe(1)
    expect(await rows()).toBe(1)
  })

  test('another body under the same key: 422, and nothing is made', async () => {
    const { anna, path, json, rows } = await scene()
    const key = fresh()
    expectStatus(await keyed(anna, path, key, json), 201)
    expectErrors(await keyed(anna, path, key, { ...json, message: 'twice' }), 422, reused)
    expect(await rows()).toBe(1)
    expectStatus(await keyed(anna, path, key, json), 201)
  })

  test('fifty at once with two bodies: one is made, and the others are told so', async () => {
    const { anna, path, json, rows } = await scene()
    const key = fresh()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => keyed(anna, path, key, { ...json, message: `take ${index % 2}` })),
    )
    const kept = answers.filter(({ status }) => status === 201)
    expect(kept.length, answers.map(({ text }) => text).join('\n')).toBe(25)
    expect(new Set(kept.map(({ body }) => body.uuid)).size).toBe(1)
    for (const answer of answers.filter(({ status }) => status !== 201)) expectErrors(answer, 422, reused)
    expect(await rows()).toBe(1)
  })

  test('what was refused takes no key', async () => {
    const { anna, ben, path, json, rows } = await scene()
    const key = fresh()
    expectStatus(await keyed(anna, path, key, { ...json, message: '' }), 422)
    expect(await rows()).toBe(0)
    if (which > 0) {
      await blocks(ben, anna)
      const answer = await keyed(anna, path, key, json)
      expect([410, 422], answer.text).toContain(answer.status)
      await unblocks(ben, anna)
    }
    expectStatus(await keyed(anna, path, key, json), 201)
    expect(await rows()).toBe(1)
  })

  test('no text is kept, and no key', async () => {
    const { anna, path, json, column } = await scene()
    const key = `key-${fresh()}`
    const made = expectStatus(await keyed(anna, path, key, { ...json, message: 'a secret text' }), 201).body
    const rows = await db.sql(`select * from idempotency_keys where ${column} = $1`, [made.uuid])
    expect(rows).toHaveLength(1)
    const dump = JSON.stringify(await db.sql('select * from idempotency_keys'))
    for (const not of ['secret', key, anna.sub, anna.uuid, anna.handle]) expect(dump).not.toContain(not)
    expect(rows[0]?.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(rows[0]?.body_mac).toMatch(/^[0-9a-f]{64}$/)
  })

  test('what was made has ended: 410, and nothing is made', async () => {
    const { anna, path, json, rows } = await scene()
    const key = fresh()
    const { uuid } = expectStatus(await keyed(anna, path, key, json), 201).body
    if (which === 2) await db.sql('delete from messages where uuid = $1', [uuid])
    else await expireActivities(db, uuid)
    expectErrors(await keyed(anna, path, key, json), 410, ['gone'])
    if (which < 2) await db.sql('delete from activities where uuid = $1', [uuid])
    expectErrors(await keyed(anna, path, key, json), 410, ['gone'])
    expect(await rows()).toBe(0)
  })

  test('after a day the key is free', async () => {
    const { anna, path, json, rows } = await scene()
    const key = fresh()
    const first = expectStatus(await keyed(anna, path, key, json), 201).body
    const age = (interval: string) =>
      db.sql(
        'update idempotency_keys set created_at = now() - $1::interval where $2 in (activity_uuid, message_uuid)',
        [interval, first.uuid],
      )
    await age('23 hours 59 minutes')
    expect(expectStatus(await keyed(anna, path, key, json), 201).body.uuid).toBe(first.uuid)
    await age('24 hours 1 second')
    const second = expectStatus(await keyed(anna, path, key, { ...json, message: 'anew' }), 201).body
    expect(second.uuid).not.toBe(first.uuid)
    expect(await rows()).toBe(2)
    expect(expectStatus(await keyed(anna, path, key, { ...json, message: 'anew' }), 201).body.uuid).toBe(second.uuid)
  })
})

test('a key is one person’s and one route’s', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const key = fresh()
  const of = async (who: ApiUser, path: string) => expectStatus(await keyed(who, path, key, CRUD), 201).body.uuid
  const own = await of(anna, '/api/activities')
  const others = [
    await of(ben, '/api/activities'),
    await of(anna, `/api/activities/${own}/replies`),
    await of(ben, `/api/activities/${own}/replies`),
  ]
  expect(new Set([own, ...others]).size).toBe(4)
})

test('put out by its author, the key is spent: 410', async () => {
  const [anna] = await users(site, 'anna')
  const key = fresh()
  const crud = expectStatus(await keyed(anna, '/api/activities', key, CRUD), 201).body
  await deletes(anna, crud)
  expectErrors(await keyed(anna, '/api/activities', key, CRUD), 410, ['gone'])
  expect(await cruds(anna)).toEqual([])
})

test('taking back and rewriting under a key, fifty times at once: one new crud, fifty good answers', async () => {
  const [anna] = await users(site, 'anna')
  const old = await posts(anna, 'teh')
  const key = fresh()
  const rewrite = () => keyed(anna, '/api/activities', key, { message: 'the', replaces: old.uuid })
  const answers = await Promise.all(Array.from({ length: 50 }, rewrite))
  for (const answer of answers) expectStatus(answer, 201)
  expect(new Set(answers.map(({ body }) => body.uuid))).toEqual(new Set(await cruds(anna)))
})

test.each(['', 'a b', 'ä'.normalize('NFC'), 'x'.repeat(256)])('the key %j is none', async (key) => {
  const [anna] = await users(site, 'anna')
  const headers = new Headers({ 'content-type': 'application/json', authorization: anna.headers.authorization ?? '' })
  headers.set('idempotency-key', key)
  const response = await fetch(`${anna.origin}/api/activities`, { method: 'POST', headers, body: JSON.stringify(CRUD) })
  expect(response.status, await response.clone().text()).toBe(422)
  expect((await response.json()).errors).toEqual([{ code: 'idempotency_key_invalid', field: 'Idempotency-Key' }])
  expect(await cruds(anna)).toEqual([])
})

test('messages under keys come once to the other side', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const key = fresh()
  await sendsMessage(anna, ben, 'before')
  for (const _ of [1, 2, 3])
    expectStatus(await keyed(anna, '/api/messages', key, { message: 'once', handle: ben.handle }), 201)
  expect((await lists(ben, '/api/message_groups'))[0]).toMatchObject({ unread_count: 2 })
})

import { describe, expect, test } from 'vitest'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { lists, posts, reads, sendsMessage } from '../../support/actors/actions.ts'
import { type ApiUser, acquaintances, manyUsers, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { reachLimit } from '../../support/fixtures/reached-limit.ts'

const site = await openSite({ liftLimits: true })
const { db, actors } = site

/** Makes a user whose account is `hours` old. */
async function userOfHours(hours: number): Promise<ApiUser> {
  const [one] = await users(site, 'one')
  await db.sql('update users set created_at = now() - make_interval(hours => $2) where uuid = $1', [one.uuid, hours])
  return one
}

/** Expects a refusal by a limit that ends in about `hours`. */
function expectLimit(answer: Answer, code: string, hours: number): void {
  expect(answer.status, answer.text).toBe(429)
  expect(answer.body.errors).toEqual([{ code, until: expect.stringMatching(/Z$/) }])
  const seconds = Number(answer.headers.get('retry-after'))
  expect(Math.abs(seconds - hours * 3_600)).toBeLessThan(120)
  expect(Math.abs(Date.parse(answer.body.errors[0].until) - Date.now() - seconds * 1_000)).toBeLessThan(5_000)
}

const message = (who: ApiUser, to: { handle: string }) =>
  who.post('/api/messages', { handle: to.handle, message: 'hi' })
const post = (who: ApiUser, text: string) => who.post('/api/activities', { message: text, ttl: '1-hour' })
const statuses = (answers: Answer[]) => answers.map(({ status }) => status).sort()
const counted = (good: number, refused: number) => [
  ...Array<number>(good).fill(201),
  ...Array<number>(refused).fill(429),
]

describe('messages to strangers', () => {
  test('are limited to twenty a day, exactly, however many are sent at once and to whom', async () => {
    const [ben] = await users(site, 'ben')
    const strangers = await manyUsers(site, 50, 's')
    const answers = await Promise.all(strangers.map((one) => message(ben, one)))
    expect(statuses(answers)).toEqual(counted(20, 30))
    for (const answer of answers) if (answer.status === 429) expectLimit(answer, 'stranger_messages_used_up', 24)
    expect(await db.sql('select from messages where user_uuid = $1', [ben.uuid])).toHaveLength(20)
    expect(await lists(ben, '/api/message_groups?limit=100')).toHaveLength(20)
  })

  test('count again after a day', async () => {
    const [ben, anna] = await users(site, 'ben', 'anna')
    for (let sent = 0; sent < 20; sent += 1) await sendsMessage(ben, anna, 'psst')
    expectLimit(await message(ben, anna), 'stranger_messages_used_up', 24)
    await db.sql(
      `update auth_attempts set ends_at = now()
       where hash = encode(sha256(convert_to(E'stranger_message\n' || $1, 'UTF8')), 'hex')`,
      [ben.uuid],
    )
    await sendsMessage(ben, anna, 'psst')
  })

  test('are not those to whom one knows, who has answered or accepted', async () => {
    const [ben, anna] = await acquaintances(site, 'ben', 'anna')
    const [cleo, dora] = await users(site, 'cleo', 'dora')
    for (let sent = 0; sent < 25; sent += 1) await sendsMessage(ben, anna, 'psst')
    for (let sent = 0; sent < 19; sent += 1) await sendsMessage(ben, cleo, 'psst')
    const { message_group_uuid: group } = await sendsMessage(ben, dora, 'psst')
    expectLimit(await message(ben, cleo), 'stranger_messages_used_up', 24)
    expectStatus(await dora.post(`/api/message_groups/${group}/accept`), 204)
    await sendsMessage(ben, dora, 'thanks')
    await sendsMessage(cleo, ben, 'enough')
    await sendsMessage(ben, cleo, 'sorry')
  })

  test('are still counted once they were declined', async () => {
    const [ben, anna] = await users(site, 'ben', 'anna')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    expectStatus(await anna.delete(`/api/message_groups/${group}`), 204)
    for (let sent = 1; sent < 20; sent += 1) await sendsMessage(ben, anna, 'psst')
    expectLimit(await message(ben, anna), 'stranger_messages_used_up', 24)
  })

  test('that were refused can be sent again with their key once the limit has ended', async () => {
    const [ben, anna] = await users(site, 'ben', 'anna')
    for (let sent = 0; sent < 20; sent += 1) await sendsMessage(ben, anna, 'psst')
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const send = () =>
      ben.send('POST', '/api/messages', headers, JSON.stringify({ handle: anna.handle, message: 'last' }))
    expectLimit(await send(), 'stranger_messages_used_up', 24)
    expectStatus(await anna.put(`/api/users/@${ben.handle}/follow`), 200)
    const sent = expectStatus(await send(), 201).body
    expect(expectStatus(await send(), 201).body).toEqual(sent)
  })

  test('that are malformed count nothing', async () => {
    const [ben, anna] = await users(site, 'ben', 'anna')
    for (let sent = 0; sent < 25; sent += 1) {
      expectErrors(await ben.post('/api/messages', { handle: 'nobody_has_this', message: 'hi' }), 422, [
        { code: 'recipient_unreachable', field: 'handle' },
      ])
    }
    await sendsMessage(ben, anna, 'psst')
  })
})

describe('an account younger than a day', () => {
  test('writes five messages a day to strangers, and to others as many as it likes', async () => {
    const ben = await userOfHours(3)
    const [anna] = await users(site, 'anna')
    expect(statuses(await Promise.all(Array.from({ length: 10 }, () => message(ben, anna))))).toEqual(counted(5, 5))
    expectLimit(await message(ben, anna), 'new_account_limit', 21)
    await sendsMessage(anna, ben, 'who are you?')
    for (let sent = 0; sent < 10; sent += 1) await sendsMessage(ben, anna, 'me')
  })

  test('posts fifty activities and replies a day, exactly', async () => {
    const ben = await userOfHours(10)
    const [anna] = await users(site, 'anna')
    const root = await posts(anna, 'hi')
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        index % 2 ? post(ben, `${index}`) : ben.post(`/api/activities/${root.uuid}/replies`, { message: `${index}` }),
      ),
    )
    expect(statuses(answers)).toEqual(counted(50, 10))
    for (const answer of answers) if (answer.status === 429) expectLimit(answer, 'new_account_limit', 14)
    const [, last] = await db.sql<{ uuid: string }>('select uuid from activities where user_uuid = $1', [ben.uuid])
    // Delete and rewrite adds none.
    expectStatus(await ben.post('/api/activities', { message: 'rewritten', replaces: last?.uuid }), 201)
  })

  test('follows fifty users a day', async () => {
    const ben = await userOfHours(1)
    const people = await manyUsers(site, 51, 'p')
    const follow = ({ handle }: { handle: string }) => ben.put(`/api/users/@${handle}/follow`)
    const answers = await Promise.all(people.map(follow))
    const refused = people.filter((_, index) => answers[index]?.status !== 200)
    expect(refused).toHaveLength(1)
    expectLimit(await follow(refused[0] ?? { handle: '' }), 'new_account_limit', 23)
    expect((await reads(ben, `/api/users/@${ben.handle}`)).following_count).toBe(50)
    // What stands already costs nothing.
    const followed = people.find((one) => one !== refused[0])
    expectStatus(await follow(followed ?? { handle: '' }), 200)
  })

  test('notifies twenty mentioned users a day, and a text with more is not posted', async () => {
    const ben = await userOfHours(20)
    const named = await manyUsers(site, 8, 'm')
    const text = named.map(({ handle }) => `@${handle}`).join(' ')
    await posts(ben, text)
    await posts(ben, text)
    expectLimit(await post(ben, text), 'new_account_limit', 4)
    expect(await db.sql('select from activities where user_uuid = $1', [ben.uuid])).toHaveLength(2)
    // Mentioning oneself and nobody notifies nobody.
    await posts(ben, `@${ben.handle} @nobody_has_this`)
    await posts(
      ben,
      named
        .slice(0, 4)
        .map(({ handle }) => `@${handle}`)
        .join(' '),
    )
    expectLimit(await post(ben, `@${named[0]?.handle}`), 'new_account_limit', 4)
  })

  test('has the limits of all others after a day', async () => {
    const ben = await userOfHours(3)
    const [anna] = await users(site, 'anna')
    for (let sent = 0; sent < 5; sent += 1) await sendsMessage(ben, anna, 'psst')
    expectLimit(await message(ben, anna), 'new_account_limit', 21)
    await db.sql("update users set created_at = now() - interval '1 day' where uuid = $1", [ben.uuid])
    for (let sent = 5; sent < 20; sent += 1) await sendsMessage(ben, anna, 'psst')
    expectLimit(await message(ben, anna), 'stranger_messages_used_up', 24)
  })
})

test('an older account may post, follow and mention without a daily limit', async () => {
  const ben = await userOfHours(25)
  const named = await manyUsers(site, 60, 'n')
  const answers = await Promise.all(named.map(({ handle }) => post(ben, `@${handle}`)))
  expect(statuses(answers)).toEqual(counted(60, 0))
  const followed = await Promise.all(named.map(({ handle }) => ben.put(`/api/users/@${handle}/follow`)))
  expect(new Set(followed.map(({ status }) => status))).toEqual(new Set([200]))
})

/** What a page says about the limits of a new account. */
const LOWER_LIMITS = /New accounts have lower limits on their first day\. Yours end on \d+ \w+, \d\d:\d\d UTC\./

describe('without script, a page says until when', () => {
  /** Makes a user of today, who has reached the limit of a kind of write. */
  async function limitedUser(kind: string) {
    const ben = await actors.join('ben')
    await reachLimit(db, ben, kind)
    return ben
  }

  test('and shows a refused message again', async () => {
    const [ben, [anna]] = [await limitedUser('stranger_message'), await users(site, 'anna')]
    const page = expectStatus(await ben.submits(`/messages/new/${anna.handle}`, { message: 'the sixth <b>' }), 429)
    expect(page.text).toContain('the sixth &lt;b&gt;')
    expect(page.text).toMatch(LOWER_LIMITS)
  })

  test('and shows a refused crud and reply again', async () => {
    const [ben, [anna]] = [await limitedUser('activity'), await users(site, 'anna')]
    const { uuid } = await posts(anna, 'hi')
    for (const path of ['/', `/@${anna.handle}/status/${uuid}`]) {
      const page = expectStatus(await ben.submits(path, { message: 'one <b> too many', ttl: '1-hour' }), 429)
      expect(page.text).toContain('one &lt;b&gt; too many')
      expect(page.text).toMatch(LOWER_LIMITS)
    }
  })

  test('of a refused follow', async () => {
    const [ben, [anna]] = [await limitedUser('follow'), await users(site, 'anna')]
    const page = expectStatus(await ben.submits(`/@${anna.handle}/follow`, { on: 'true' }), 429)
    expect(page.text).toMatch(LOWER_LIMITS)
  })
})

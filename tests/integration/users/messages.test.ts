import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { blocks, lists, readPages, reads, sendsMessage, unblocks } from '../../support/actors/actions.ts'
import { type ApiUser, acquaintances, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { holdTransaction } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { db, actors } = site
const GROUPS = '/api/message_groups'
const messagesIn = async (who: ApiUser, group: string) =>
  (await lists(who, `${GROUPS}/${group}/messages?limit=100`)).map(({ message }) => message)
const expireMessage = (uuid: string) => db.sql('update messages set expires_at = now() where uuid = $1', [uuid])

describe('happy', () => {
  test('a message is returned as sent, and expires after thirty days', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const sent = await sendsMessage(anna, ben, '  hello\r\nthere ')
    expect(sent).toEqual({
      uuid: expect.any(String),
      message_group_uuid: expect.any(String),
      message: 'hello\nthere',
      created_at: expect.stringMatching(/Z$/),
      expires_at: expect.stringMatching(/Z$/),
      user: { uuid: anna.uuid, handle: anna.handle, display_name: 'Anna', avatar_url: null },
      report_token: expect.stringMatching(/^[\w-]{51}$/),
    })
    expect(Date.parse(sent.expires_at) - Date.parse(sent.created_at)).toBe(30 * 86_400_000)
    expect(await lists(ben, `${GROUPS}/${sent.message_group_uuid}/messages`)).toEqual([sent])
  })

  test('two users have one conversation, whichever of them writes, by handle or by conversation', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const first = await sendsMessage(anna, ben, 'one')
    const second = await sendsMessage(ben, { handle: anna.handle.toUpperCase() }, 'two')
    const group = first.message_group_uuid
    expect(second.message_group_uuid).toBe(group)
    const third = await anna.post('/api/messages', { message_group_uuid: group, message: 'three' })
    expect(expectStatus(third, 201).body.message_group_uuid).toBe(group)
    for (const who of [anna, ben]) {
      expect(await messagesIn(who, group)).toEqual(['three', 'two', 'one'])
      expect(await lists(who, GROUPS)).toHaveLength(1)
    }
    expect((await reads(anna, `${GROUPS}/with/@${ben.handle}`)).uuid).toBe(group)
  })

  test('fifty concurrent first messages by both make one conversation with all messages', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const send = (_: unknown, index: number) => {
      const [from, to] = index % 2 ? [anna, ben] : [ben, anna]
      return from.post('/api/messages', { handle: to.handle, message: `${index}` })
    }
    const answers = await Promise.all(Array.from({ length: 50 }, send))
    for (const answer of answers) expectStatus(answer, 201)
    const groups = new Set(answers.map(({ body }) => body.message_group_uuid))
    expect(groups.size).toBe(1)
    const found = await messagesIn(anna, [...groups][0])
    expect(found.map(Number).sort((a, b) => a - b)).toEqual([...Array(50).keys()])
  })

  test('the list shows the other user, the last message and the unread count, the latest first', async () => {
    const [anna, ben, cleo] = await acquaintances(site, 'anna', 'ben', 'cleo')
    await sendsMessage(ben, anna, 'from ben')
    await sendsMessage(cleo, anna, 'from cleo')
    const last = await sendsMessage(ben, anna, 'from ben again')
    const [first, second] = await lists(anna, GROUPS)
    expect(first).toEqual({
      uuid: last.message_group_uuid,
      folder: 'inbox',
      user: { uuid: ben.uuid, handle: ben.handle, display_name: 'Ben', avatar_url: null },
      last_message: { message: 'from ben again', created_at: last.created_at, user_uuid: ben.uuid },
      unread_count: 2,
    })
    expect(second).toMatchObject({ user: { handle: cleo.handle }, unread_count: 1 })
    expect(await reads(anna, `${GROUPS}/unread`)).toEqual({ count: 2 })
    expect(await reads(anna, `${GROUPS}/${first.uuid}`)).toEqual(first)
  })

  test('marking as read affects only the viewer, and own messages are never unread', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'one')
    await sendsMessage(anna, ben, 'two')
    expect((await reads(anna, `${GROUPS}/${group}`)).unread_count).toBe(1)
    expectStatus(await anna.post(`${GROUPS}/${group}/read`), 204)
    expect((await reads(anna, `${GROUPS}/${group}`)).unread_count).toBe(0)
    expect(await reads(anna, `${GROUPS}/unread`)).toEqual({ count: 0 })
    expect((await reads(ben, `${GROUPS}/${group}`)).unread_count).toBe(1)
    await sendsMessage(ben, anna, 'three')
    expect((await reads(anna, `${GROUPS}/${group}`)).unread_count).toBe(1)
  })

  test('a concurrent older request does not mark read messages as unread', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'one')
    const transaction = await holdTransaction(site.db)
    await transaction.sql(
      `update message_group_members set last_read_uuid = uuidv7(interval '1 minute')
       where message_group_uuid = $1 and user_uuid = $2`,
      [group, anna.uuid],
    )
    const request = anna.post(`${GROUPS}/${group}/read`)
    await transaction.untilBlocked(1)
    await transaction.commit()
    expectStatus(await request, 204)
    await sendsMessage(ben, anna, 'two')
    expect((await reads(anna, `${GROUPS}/${group}`)).unread_count).toBe(0)
  })

  test('messages are paged from the newest', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const sent = []
    for (const index of Array(7).keys()) sent.push(await sendsMessage(anna, ben, `${index}`))
    const pages = await readPages(ben, `${GROUPS}/${sent[0]?.message_group_uuid}/messages`, 3)
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1])
    expect(pages.flat()).toEqual(sent.map(({ uuid }) => uuid).reverse())
  })

  test('an expired message is in no answer, and an empty conversation is not listed', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const first = await sendsMessage(ben, anna, 'one')
    const second = await sendsMessage(ben, anna, 'two')
    const group = first.message_group_uuid
    await expireMessage(first.uuid)
    expect(await messagesIn(anna, group)).toEqual(['two'])
    expect((await lists(anna, GROUPS))[0]).toMatchObject({ last_message: { message: 'two' }, unread_count: 1 })
    await expireMessage(second.uuid)
    expect(await lists(anna, GROUPS)).toEqual([])
    expect(await reads(anna, `${GROUPS}/unread`)).toEqual({ count: 0 })
    expect(await messagesIn(anna, group)).toEqual([])
    expect(await reads(anna, `${GROUPS}/${group}`)).toMatchObject({ last_message: null, unread_count: 0 })
    expect((await sendsMessage(anna, ben, 'three')).message_group_uuid).toBe(group)
    expect(await lists(ben, GROUPS)).toHaveLength(1)
  })

  test('display names are current', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(anna, ben, 'hi')
    expectStatus(
      await anna.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, '{"display_name":"Änna"}'),
      200,
    )
    expect((await lists(ben, GROUPS))[0].user.display_name).toBe('Änna')
    expect((await lists(ben, `${GROUPS}/${group}/messages`))[0].user.display_name).toBe('Änna')
  })
})

describe('error', () => {
  test('a message to oneself, an unknown user or a blocker answers the same 422 and stores nothing', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await blocks(ben, anna)
    for (const handle of [anna.handle, 'nobody_has_this', ben.handle]) {
      expectErrors(await anna.post('/api/messages', { handle, message: 'hi' }), 422, [
        { code: 'recipient_unreachable', field: 'handle' },
      ])
    }
    expect(await db.sql('select from messages where user_uuid = $1', [anna.uuid])).toHaveLength(0)
    expect(await db.sql('select from message_group_members where user_uuid = $1', [anna.uuid])).toHaveLength(0)
    await unblocks(ben, anna)
    await sendsMessage(anna, ben, 'hi')
  })

  test.each([
    [{ message: 'hi' }, { code: 'user_reciever_handle_blank', field: 'handle' }],
    [
      { message: 'hi', handle: '' },
      { code: 'handle_blank', field: 'handle' },
    ],
    [
      { message: 'hi', handle: null },
      { code: 'handle_blank', field: 'handle' },
    ],
    [
      { message: 'hi', handle: 'a b' },
      { code: 'handle_invalid', field: 'handle' },
    ],
    [
      { message: 'hi', message_group_uuid: 'x' },
      { code: 'message_group_uuid_blank', field: 'message_group_uuid' },
    ],
    [
      { message: ' ', handle: 'anna' },
      { code: 'message_blank', field: 'message' },
    ],
    [
      { message: 'x'.repeat(1_025), handle: 'anna' },
      { code: 'message_exceed_max_chars_1024', field: 'message' },
    ],
    [
      { message: 'a\u0000', handle: 'anna' },
      { code: 'message_invalid', field: 'message' },
    ],
  ] as const)('%j is rejected', async (json, error) => {
    const [anna] = await users(site, 'anna')
    expectErrors(await anna.post('/api/messages', json), 422, [error])
  })
})

test.each([
  [
    {},
    [
      { code: 'message_blank', field: 'message' },
      { code: 'user_reciever_handle_blank', field: 'handle' },
    ],
  ],
  [
    { message: ' ', handle: 'a b' },
    [
      { code: 'message_blank', field: 'message' },
      { code: 'handle_invalid', field: 'handle' },
    ],
  ],
  [
    { message_group_uuid: 'x' },
    [
      { code: 'message_blank', field: 'message' },
      { code: 'message_group_uuid_blank', field: 'message_group_uuid' },
    ],
  ],
] as const)('%j reports all errors at once', async (json, errors) => {
  const [anna] = await users(site, 'anna')
  expectErrors(await anna.post('/api/messages', json), 422, [...errors])
})

describe('security', () => {
  test('a user outside of a conversation gets 404 for every request, as for an unknown one', async () => {
    const [anna, ben, eve] = await users(site, 'anna', 'ben', 'eve')
    const { message_group_uuid: group } = await sendsMessage(anna, ben, 'psst')
    for (const uuid of [group, crypto.randomUUID(), '01a20dc2-7aaa-7389-b334-d306f5b17a26', 'x', '%00']) {
      expectErrors(await eve.get(`${GROUPS}/${uuid}`), 404, ['not_found'])
      expectErrors(await eve.get(`${GROUPS}/${uuid}/messages`), 404, ['not_found'])
      expectErrors(await eve.post(`${GROUPS}/${uuid}/read`), 404, ['not_found'])
    }
    expectErrors(await eve.get(`${GROUPS}/with/@${ben.handle}`), 404, ['not_found'])
    expectErrors(await eve.post('/api/messages', { message_group_uuid: group, message: 'hi' }), 404, ['not_found'])
    const both = { message_group_uuid: group, handle: ben.handle, message: 'hi' }
    expectErrors(await eve.post('/api/messages', both), 404, ['not_found'])
    expect(await lists(eve, GROUPS)).toEqual([])
    expect(await messagesIn(anna, group)).toEqual(['psst'])
    expect((await reads(ben, `${GROUPS}/${group}`)).unread_count).toBe(1)
  })

  test('signed out answers 401', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(anna, ben, 'psst')
    const visitor = actors.visitor()
    for (const path of ['', '/unread', `/with/@${anna.handle}`, `/${group}`, `/${group}/messages`]) {
      expectErrors(await visitor.get(`${GROUPS}${path}`), 401, ['unauthorized'])
    }
    expectErrors(await visitor.post(`${GROUPS}/${group}/read`), 401, ['unauthorized'])
    expectErrors(await visitor.post('/api/messages', { handle: ben.handle, message: 'hi' }), 401, ['unauthorized'])
  })
})

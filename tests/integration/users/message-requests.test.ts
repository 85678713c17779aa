import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  accepts,
  approvesFollowers,
  blocks,
  follows,
  lists,
  mutes,
  reads,
  sendsMessage,
  unblocks,
  unfollows,
  uuidsIn,
} from '../../support/actors/actions.ts'
import { type ApiUser, manyUsers, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { holdTransaction } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { db, actors } = site
const GROUPS = '/api/message_groups'
const REQUESTS = `${GROUPS}?folder=requests`

const acceptsRequest = async (who: ApiUser, group: string) =>
  expectStatus(await who.post(`${GROUPS}/${group}/accept`), 204)
const declines = async (who: ApiUser, group: string) => expectStatus(await who.delete(`${GROUPS}/${group}`), 204)
const unread = async (who: ApiUser) => (await reads(who, `${GROUPS}/unread`)).count

/** Where a user finds their only conversation. */
const folderOf = async (who: ApiUser) => {
  const [inbox, requests] = [await lists(who, GROUPS), await lists(who, REQUESTS)]
  expect(inbox.length + requests.length).toBeLessThan(2)
  for (const [folder, listed] of [
    ['inbox', inbox],
    ['requests', requests],
  ] as const) {
    if (listed.length === 0) continue
    expect(listed[0].folder).toBe(folder)
    expect((await reads(who, `${GROUPS}/${listed[0].uuid}`)).folder).toBe(folder)
    return folder
  }
  return null
}

describe('happy', () => {
  test('a stranger’s message is a request: apart from the inbox, and not counted as unread', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const sent = await sendsMessage(ben, anna, 'psst')
    expect(await folderOf(anna)).toBe('requests')
    expect(await folderOf(ben)).toBe('inbox')
    expect(await lists(anna, REQUESTS)).toMatchObject([
      { uuid: sent.message_group_uuid, user: { handle: ben.handle }, last_message: { message: 'psst' } },
    ])
    expect(await lists(anna, `${GROUPS}/${sent.message_group_uuid}/messages`)).toEqual([sent])
    expect(await unread(anna)).toBe(0)
  })

  test('a message of somebody whom the recipient follows is none', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(anna, ben)
    await sendsMessage(ben, anna, 'hi')
    expect(await folderOf(anna)).toBe('inbox')
    expect(await unread(anna)).toBe(1)
    // Not a request afterwards either.
    await unfollows(anna, ben)
    await sendsMessage(ben, anna, 'hi again')
    expect(await folderOf(anna)).toBe('inbox')
  })

  test('following the recipient does not make one known', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(ben, anna)
    await sendsMessage(ben, anna, 'hi')
    expect(await folderOf(anna)).toBe('requests')
  })

  test('accepting moves it to the inbox, with what is unread, and is idempotent', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    for (const _ of [1, 2]) {
      await acceptsRequest(anna, group)
      expect(await folderOf(anna)).toBe('inbox')
      expect(await unread(anna)).toBe(1)
    }
  })

  test('answering accepts', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { message_group_uuid } = await sendsMessage(ben, anna, 'psst')
    expectStatus(await anna.post('/api/messages', { message_group_uuid, message: 'yes?' }), 201)
    expect(await folderOf(anna)).toBe('inbox')
    expect(await folderOf(ben)).toBe('inbox')
    expect(await unread(ben)).toBe(1)
  })

  test('following accepts, at once or when the follow is accepted', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    await sendsMessage(ben, anna, 'psst')
    await follows(anna, ben)
    expect(await folderOf(anna)).toBe('inbox')

    await approvesFollowers(ben)
    await sendsMessage(ben, cleo, 'psst')
    await follows(cleo, ben)
    expect(await folderOf(cleo)).toBe('requests')
    await accepts(ben, cleo)
    expect(await folderOf(cleo)).toBe('inbox')
  })

  test('a declined request is gone for the recipient, also when more is sent; the sender is not told', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    const before = await reads(ben, `${GROUPS}/${group}`)
    await declines(anna, group)
    expect(await reads(ben, `${GROUPS}/${group}`)).toEqual(before)
    await sendsMessage(ben, anna, 'hello?')
    expect(await folderOf(ben)).toBe('inbox')
    expect(await folderOf(anna)).toBeNull()
    expect(await unread(anna)).toBe(0)
    for (const path of [`/${group}`, `/${group}/messages`, `/with/@${ben.handle}`]) {
      expectErrors(await anna.get(`${GROUPS}${path}`), 404, ['not_found'])
    }
    expect((await reads(anna, '/api/profile/export')).messages).toEqual([])
    expect((await reads(ben, '/api/profile/export')).messages).toHaveLength(2)
  })

  test.each(['writes to', 'follows'] as const)('it comes back when the recipient %s the sender', async (how) => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await declines(anna, (await sendsMessage(ben, anna, 'psst')).message_group_uuid)
    if (how === 'follows') await follows(anna, ben)
    else await sendsMessage(anna, ben, 'now I do')
    expect(await folderOf(anna)).toBe('inbox')
  })

  test('requests are paged, the latest first, and none of blocked users is listed', async () => {
    const [anna] = await users(site, 'anna')
    const strangers = await manyUsers(site, 5, 's')
    const groups = []
    for (const one of strangers) groups.push((await sendsMessage(one, anna, 'psst')).message_group_uuid)
    const first = await reads(anna, `${REQUESTS}&limit=3`)
    const second = await reads(anna, `${REQUESTS}&limit=3&cursor=${first.next_cursor}`)
    expect([...first.data, ...second.data].map(({ uuid }) => uuid)).toEqual(groups.toReversed())
    expect(second.next_cursor).toBeNull()
    const [blocked] = strangers
    if (blocked) await blocks(anna, blocked)
    expect(await uuidsIn(anna, REQUESTS)).toEqual(groups.slice(1).reverse())
    if (blocked) await unblocks(anna, blocked)
    expect(await uuidsIn(anna, REQUESTS)).toHaveLength(5)
  })

  test('a muted user’s conversation is not counted, in whichever folder', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    await acceptsRequest(anna, group)
    expect(await unread(anna)).toBe(1)
    await mutes(anna, ben)
    expect(await unread(anna)).toBe(0)
    expect(await folderOf(anna)).toBe('inbox')
  })

  test('fifty first messages at once make one conversation, and one request', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => ben.post('/api/messages', { handle: anna.handle, message: `${index}` })),
    )
    const sent = answers.filter(({ status }) => status === 201)
    expect(sent).toHaveLength(20)
    for (const answer of answers) expect([201, 429]).toContain(answer.status)
    expect(new Set(sent.map(({ body }) => body.message_group_uuid)).size).toBe(1)
    expect(await folderOf(anna)).toBe('requests')
    expect(await db.sql('select from messages where user_uuid = $1', [ben.uuid])).toHaveLength(20)
    expect(await db.sql('select from message_group_members where user_uuid = $1', [anna.uuid])).toHaveLength(1)
  })

  test('a follow that is not committed yet decides about a message that waits for it', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const transaction = await holdTransaction(db)
    await transaction.sql('select from users where uuid in ($1, $2) order by uuid for no key update', [
      anna.uuid,
      ben.uuid,
    ])
    await transaction.sql('insert into follows (follower_uuid, followed_uuid) values ($1, $2)', [anna.uuid, ben.uuid])
    const sent = ben.post('/api/messages', { handle: anna.handle, message: 'hi' })
    await transaction.untilBlocked(1)
    await transaction.commit()
    expectStatus(await sent, 201)
    expect(await folderOf(anna)).toBe('inbox')
  })
})

describe('error', () => {
  test('an unknown folder is refused', async () => {
    const [anna] = await users(site, 'anna')
    for (const folder of ['declined', 'all', '']) {
      expectErrors(await anna.get(`${GROUPS}?folder=${folder}`), 400, [{ code: 'bad_request', field: 'folder' }])
    }
  })

  test('a conversation in the inbox is no request, so it cannot be declined', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    expectErrors(await ben.delete(`${GROUPS}/${group}`), 409, ['not_a_request'])
    await acceptsRequest(anna, group)
    expectErrors(await anna.delete(`${GROUPS}/${group}`), 409, ['not_a_request'])
    expect(await folderOf(anna)).toBe('inbox')
  })

  test('a declined request can be neither declined again, accepted nor answered', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    await declines(anna, group)
    expectErrors(await anna.delete(`${GROUPS}/${group}`), 404, ['not_found'])
    expectErrors(await anna.post(`${GROUPS}/${group}/accept`), 404, ['not_found'])
    const answer = await anna.post('/api/messages', { message_group_uuid: group, message: 'no' })
    expectErrors(answer, 404, ['not_found'])
    expect(await folderOf(anna)).toBeNull()
  })

  test('accepted and declined at once, it ends as one of the two', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 ? anna.post(`${GROUPS}/${group}/accept`) : anna.delete(`${GROUPS}/${group}`),
      ),
    )
    const [accepted, declined] = [
      answers.filter((_, index) => index % 2),
      answers.filter((_, index) => index % 2 === 0),
    ]
    const folder = await folderOf(anna)
    if (folder === 'inbox') {
      for (const { status } of accepted) expect(status).toBe(204)
      for (const { status } of declined) expect(status).toBe(409)
    } else {
      expect(folder).toBeNull()
      for (const { status } of accepted) expect(status).toBe(404)
      expect(declined.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(9).fill(404)])
    }
  })

  test('across a block it can be neither accepted nor declined', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    await blocks(ben, anna)
    expectErrors(await anna.post(`${GROUPS}/${group}/accept`), 404, ['not_found'])
    expectErrors(await anna.delete(`${GROUPS}/${group}`), 404, ['not_found'])
  })
})

describe('security', () => {
  test('nobody else can accept or decline it, nor find it', async () => {
    const [anna, ben, eve] = await users(site, 'anna', 'ben', 'eve')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    for (const uuid of [group, crypto.randomUUID(), 'x', '%00']) {
      expectErrors(await eve.post(`${GROUPS}/${uuid}/accept`), 404, ['not_found'])
      expectErrors(await eve.delete(`${GROUPS}/${uuid}`), 404, ['not_found'])
    }
    // The sender cannot accept for the recipient.
    await acceptsRequest(ben, group)
    expect(await folderOf(anna)).toBe('requests')
    expect(await lists(eve, REQUESTS)).toEqual([])
  })

  test('signed out answers 401', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    const visitor = actors.visitor()
    expectErrors(await visitor.get(REQUESTS), 401, ['unauthorized'])
    expectErrors(await visitor.post(`${GROUPS}/${group}/accept`), 401, ['unauthorized'])
    expectErrors(await visitor.delete(`${GROUPS}/${group}`), 401, ['unauthorized'])
  })

  test('a suspended user can decline, but not accept', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    await db.sql("update users set suspended_until = 'infinity' where uuid = $1", [anna.uuid])
    expectErrors(await anna.post(`${GROUPS}/${group}/accept`), 403, ['suspended'])
    await declines(anna, group)
    expect(await folderOf(anna)).toBeNull()
  })
})

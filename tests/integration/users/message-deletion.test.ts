import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { blocks, lists, reads, sendsMessage } from '../../support/actors/actions.ts'
import { type ApiUser, acquaintances, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { findTextInTables } from '../../support/assertions/find-text-in-tables.ts'

const site = await openSite()
const { db, actors } = site
const GROUPS = '/api/message_groups'
const texts = async (who: ApiUser, group: string) =>
  (await lists(who, `${GROUPS}/${group}/messages`)).map(({ message }) => message)
const remove = (who: ApiUser, { uuid }: { uuid: string }) => who.delete(`/api/messages/${uuid}`)

describe('happy', () => {
  test('a deleted message is gone for both, and from every table', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const secret = `secret${crypto.randomUUID().slice(0, 8)}`
    const { message_group_uuid: group } = await sendsMessage(anna, ben, 'one')
    const sent = await sendsMessage(anna, ben, secret)
    expect(Object.keys(await findTextInTables(db, [secret]))).toEqual(['messages'])
    expect(expectStatus(await remove(anna, sent), 204).text).toBe('')
    for (const who of [anna, ben]) expect(await texts(who, group)).toEqual(['one'])
    expect(await findTextInTables(db, [secret])).toEqual({})
    expect(JSON.stringify(await reads(ben, '/api/profile/export'))).not.toContain(secret)
  })

  test('the list of conversations shows the message before, and counts what is unread without it', async () => {
    const [anna, ben, cleo] = await acquaintances(site, 'anna', 'ben', 'cleo')
    const first = await sendsMessage(anna, ben, 'one')
    await sendsMessage(cleo, ben, 'from cleo')
    const second = await sendsMessage(anna, ben, 'two')
    expect((await lists(ben, GROUPS)).map(({ user }) => user.handle)).toEqual([anna.handle, cleo.handle])
    expectStatus(await remove(anna, second), 204)
    for (const who of [anna, ben]) {
      expect(await reads(who, `${GROUPS}/${first.message_group_uuid}`)).toMatchObject({
        last_message: { message: 'one', user_uuid: anna.uuid },
        unread_count: who === ben ? 1 : 0,
      })
    }
    // The message before is older than what the other one has written.
    expect((await lists(ben, GROUPS)).map(({ user }) => user.handle)).toEqual([cleo.handle, anna.handle])
    expect(await reads(ben, `${GROUPS}/unread`)).toEqual({ count: 2 })
  })

  test('a conversation of which the only message is deleted is not listed, and goes on with the next', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const sent = await sendsMessage(anna, ben, 'one')
    expectStatus(await remove(anna, sent), 204)
    for (const who of [anna, ben]) {
      expect(await lists(who, GROUPS)).toEqual([])
      expect(await reads(who, `${GROUPS}/unread`)).toEqual({ count: 0 })
      expect(await reads(who, `${GROUPS}/${sent.message_group_uuid}`)).toMatchObject({
        last_message: null,
        unread_count: 0,
      })
    }
    expect((await sendsMessage(ben, anna, 'two')).message_group_uuid).toBe(sent.message_group_uuid)
    expect(await lists(anna, GROUPS)).toMatchObject([{ last_message: { message: 'two' }, unread_count: 1 }])
  })

  test('an unread message that is deleted leaves nothing unread, also where the other wrote after it', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const { message_group_uuid: group } = await sendsMessage(anna, ben, 'read')
    expectStatus(await ben.post(`${GROUPS}/${group}/read`), 204)
    const unread = await sendsMessage(anna, ben, 'unread')
    await sendsMessage(ben, anna, 'an answer')
    expect(await reads(ben, `${GROUPS}/unread`)).toEqual({ count: 1 })
    expectStatus(await remove(anna, unread), 204)
    expect(await reads(ben, `${GROUPS}/unread`)).toEqual({ count: 0 })
    expect(await reads(ben, `${GROUPS}/${group}`)).toMatchObject({
      last_message: { message: 'an answer' },
      unread_count: 0,
    })
    expect(await reads(anna, `${GROUPS}/unread`)).toEqual({ count: 1 })
  })

  test('one’s own message can be deleted across a block', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const sent = await sendsMessage(anna, ben, 'one')
    await blocks(ben, anna)
    expectStatus(await remove(anna, sent), 204)
  })

  test('fifty deletions and new messages at once: the newest that is left is the one that is shown', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const sent = []
    for (const index of Array(25).keys())
      sent.push(await sendsMessage(index % 2 ? anna : ben, index % 2 ? ben : anna, 'old'))
    const answers = await Promise.all(
      sent.flatMap((message, index) => [
        remove(index % 2 ? anna : ben, message),
        anna.post('/api/messages', { handle: ben.handle, message: `new ${index}` }),
      ]),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(25).fill(201), ...Array(25).fill(204)])
    const group = sent[0]?.message_group_uuid ?? ''
    const left = await lists(ben, `${GROUPS}/${group}/messages?limit=100`)
    expect(left).toHaveLength(25)
    expect(await lists(ben, GROUPS)).toMatchObject([{ last_message: { message: left[0].message }, unread_count: 25 }])
    expect(
      await db.sql('select last_message_uuid, last_received_uuid from message_group_members where user_uuid = $1', [
        ben.uuid,
      ]),
    ).toEqual([{ last_message_uuid: left[0].uuid, last_received_uuid: left[0].uuid }])
  })
})

describe('error', () => {
  test('a second deletion finds nothing, and ten at once delete it once', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const sent = await sendsMessage(anna, ben, 'one')
    const answers = await Promise.all(Array.from({ length: 10 }, () => remove(anna, sent)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(9).fill(404)])
    expectErrors(await remove(anna, sent), 404, ['not_found'])
  })

  test('an expired message is not there any more, swept or not', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const sent = await sendsMessage(anna, ben, 'one')
    await db.sql('update messages set expires_at = now() where uuid = $1', [sent.uuid])
    expectErrors(await remove(anna, sent), 404, ['not_found'])
  })

  test.each(['6f8a6c3e-3f0b-4a52-9d3e-0a3c8a1c8b11', '01a20dc2-7aaa-7389-b334-d306f5b17a26', 'x', '%00', "' or true"])(
    '%s: 404',
    async (uuid) => {
      const [anna] = await users(site, 'anna')
      expectErrors(await remove(anna, { uuid }), 404, ['not_found'])
    },
  )

  test('what was sent with a key is not sent again by it after it was deleted', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const send = () =>
      anna.send('POST', '/api/messages', headers, JSON.stringify({ handle: ben.handle, message: 'once' }))
    expectStatus(await remove(anna, expectStatus(await send(), 201).body), 204)
    expectErrors(await send(), 410, ['gone'])
    expect(await lists(ben, GROUPS)).toEqual([])
  })
})

describe('security', () => {
  test('nobody but the sender deletes it, the other member included, and the answer is as for none', async () => {
    const [anna, ben, eve] = await users(site, 'anna', 'ben', 'eve')
    const sent = await sendsMessage(anna, ben, 'psst')
    for (const who of [ben, eve]) expectErrors(await remove(who, sent), 404, ['not_found'])
    expectErrors(await actors.visitor().delete(`/api/messages/${sent.uuid}`), 401, ['unauthorized'])
    expect(await texts(ben, sent.message_group_uuid)).toEqual(['psst'])
  })
})

import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { follows, likes, lists, mutes, posts, reads, sendsMessage, unmutes } from '../../support/actors/actions.ts'
import { acquaintances, manyUsers, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const closed = await openSite({ settings: { SIGN_UP: 'closed' } })

test('the first ten whom a text mentions are notified', async () => {
  const [anna] = await users(site, 'anna')
  const named = await manyUsers(site, 12, 'm')
  const activity = await posts(anna, named.map(({ handle }) => `@${handle}`).join(' '))
  const counts = await Promise.all(named.map(async (one) => (await reads(one, '/api/notifications/unread')).count))
  expect(counts).toEqual([...Array<number>(10).fill(1), 0, 0])
  expect((await reads(anna, `/api/activities/${activity.uuid}`)).mentions).toHaveLength(12)
})

describe('notified once, whatever is undone and done again', () => {
  const unread = async (who: Parameters<typeof reads>[0]) => (await reads(who, '/api/notifications/unread')).count

  test('of a like and a repost', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'hi')
    for (const reaction of ['like', 'repost']) {
      const path = `/api/activities/${activity.uuid}/${reaction}`
      expectStatus(await ben.put(path), 200)
      const listed = (await lists(anna, '/api/notifications'))[0]
      expectStatus(await anna.post('/api/notifications/read', { up_to: listed.uuid }), 200)
      for (let times = 0; times < 3; times += 1) {
        expectStatus(await ben.delete(path), 200)
        expect((await lists(anna, '/api/notifications')).filter(({ kind }) => kind === reaction)).toEqual([])
        expectStatus(await ben.put(path), 200)
      }
      expect(await unread(anna)).toBe(0)
      expect((await lists(anna, '/api/notifications'))[0]).toMatchObject({ uuid: listed.uuid, kind: reaction })
    }
  })

  test('of a follow', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(ben, anna)
    expect(await unread(anna)).toBe(1)
    expectStatus(await ben.delete(`/api/users/@${anna.handle}/follow`), 200)
    expect(await lists(anna, '/api/notifications')).toEqual([])
    await follows(ben, anna)
    expect(await unread(anna)).toBe(0)
    expect(await lists(anna, '/api/notifications')).toMatchObject([{ kind: 'follow', actor: { handle: ben.handle } }])
  })

  test('by one user, not by another', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const activity = await posts(anna, 'hi')
    await likes(ben, activity)
    expectStatus(await ben.delete(`/api/activities/${activity.uuid}/like`), 200)
    await likes(cleo, activity)
    expect(await unread(anna)).toBe(1)
  })
})

test('messages of a muted user do not count as unread', async () => {
  const [anna, ben] = await acquaintances(site, 'anna', 'ben')
  await sendsMessage(ben, anna, 'psst')
  const unread = async () => (await reads(anna, '/api/message_groups/unread')).count
  expect(await unread()).toBe(1)
  await mutes(anna, ben)
  expect(await unread()).toBe(0)
  await unmutes(anna, ben)
  expect(await unread()).toBe(1)
})

test('nobody can sign up while it is closed', async () => {
  const sam = closed.actors.unregistered('sam')
  expectErrors(await sam.post('/api/session/sign-up', sam.details), 403, ['sign_up_closed'])
})

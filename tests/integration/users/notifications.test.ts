import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  blocks,
  deletes,
  follows,
  likes,
  lists,
  mutes,
  posts,
  readPages,
  reads,
  replies,
  reposts,
  unblocks,
  unfollows,
  unlikes,
  unmutes,
  unreposts,
} from '../../support/actors/actions.ts'
import { type ApiUser, expireActivities, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site

const LIST = '/api/notifications?limit=100'
const kindsOf = async (who: ApiUser) => (await lists(who, LIST)).map(({ kind }) => kind)

/** The unread count, checked against the list. */
async function unreadCount(who: ApiUser): Promise<number> {
  const { count } = await reads(who, '/api/notifications/unread')
  expect(count).toBe((await lists(who, LIST)).filter(({ read_at }) => read_at === null).length)
  return count
}

describe('there is a notification for', () => {
  test('a reply, with its activity', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const reply = await replies(ben, await posts(anna, 'hi'), 'ho')
    const [notification, ...rest] = await lists(anna, LIST)
    expect(rest).toEqual([])
    expect(notification).toEqual({
      uuid: expect.any(String),
      kind: 'reply',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      read_at: null,
      actor: { uuid: ben.uuid, handle: ben.handle, display_name: 'Ben', avatar_url: null },
      activity: { ...reply, viewer: { liked: false, reposted: false, can_reply: true } },
      reference: null,
    })
  })

  test('a like and a repost, once each, with the activity', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'hi')
    for (const _ of [1, 2]) {
      await likes(ben, activity)
      await reposts(ben, activity)
    }
    const notifications = await lists(anna, LIST)
    expect(notifications.map(({ kind, activity }) => [kind, activity.uuid])).toEqual([
      ['repost', activity.uuid],
      ['like', activity.uuid],
    ])
    expect(notifications[0].activity).toMatchObject({ likes_count: 1, reposts_count: 1, user: { handle: anna.handle } })
  })

  test('a follow, without an activity', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(ben, anna)
    await follows(ben, anna)
    expect(await lists(anna, LIST)).toMatchObject([{ kind: 'follow', actor: { handle: ben.handle }, activity: null }])
  })

  test('a mention, once per activity, ignoring case, and not in addition to a reply', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const activity = await posts(ben, `@${anna.handle} and @${anna.handle.toUpperCase()}, @nobody_has_this`)
    expect(await lists(anna, LIST)).toMatchObject([{ kind: 'mention', activity: { uuid: activity.uuid } }])
    await replies(cleo, activity, `@${ben.handle} @${anna.handle}`)
    expect(await kindsOf(ben)).toEqual(['reply'])
    expect(await kindsOf(anna)).toEqual(['mention', 'mention'])
  })

  test('no own action', async () => {
    const [anna] = await users(site, 'anna')
    const activity = await posts(anna, `@${anna.handle}`)
    await replies(anna, activity, `@${anna.handle}`)
    await likes(anna, activity)
    await reposts(anna, activity)
    expect(await lists(anna, LIST)).toEqual([])
    expect(await reads(anna, '/api/notifications/unread')).toEqual({ count: 0, until: null, follow_requests: 0 })
  })
})

test('undoing an action removes its notification', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const activity = await posts(anna, 'hi')
  const reply = await replies(ben, activity, 'ho')
  await Promise.all([likes(ben, activity), reposts(ben, activity), follows(ben, anna)])
  expect(await unreadCount(anna)).toBe(4)
  await unlikes(ben, activity)
  expect((await kindsOf(anna)).sort()).toEqual(['follow', 'reply', 'repost'])
  await unreposts(ben, activity)
  await unfollows(ben, anna)
  await deletes(ben, reply)
  expect(await kindsOf(anna)).toEqual([])
  expect(await unreadCount(anna)).toBe(0)
})

describe('the unread count', () => {
  test('equals the list after each change', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const [first, second] = [await posts(anna, 'one'), await posts(anna, 'two')]
    for (const who of [ben, cleo]) {
      await likes(who, first)
      await likes(who, second)
      await follows(who, anna)
    }
    const reply = await replies(ben, first, 'ho')
    expect(await unreadCount(anna)).toBe(7)
    const steps: [() => Promise<unknown>, number][] = [
      [() => mutes(anna, ben, 60), 3],
      [() => expireActivities(db, second.uuid), 2],
      [() => unmutes(anna, ben), 5],
      [() => blocks(anna, cleo), 3],
      [() => deletes(ben, reply), 2],
      [() => unblocks(anna, cleo), 3],
      [() => unlikes(cleo, first), 2],
      [() => mutes(anna, ben, 60), 0],
      [() => db.sql('update mutes set ends_at = now() where muter_uuid = $1', [anna.uuid]), 2],
      [() => db.sql(`update notifications set created_at = now() - interval '30 days' where kind = 'follow'`), 1],
      [() => expireActivities(db, first.uuid), 0],
    ]
    for (const [step, count] of steps) {
      await step()
      expect(await unreadCount(anna), step.toString()).toBe(count)
    }
  })

  test('names the time of its next expiry', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const soon = await posts(anna, 'soon', '1-hour')
    const late = await posts(anna, 'late', '3-hours')
    await likes(ben, late)
    await follows(ben, anna)
    const until = async () => (await reads(anna, '/api/notifications/unread')).until
    expect(await until()).toBe(late.expires_at)
    await likes(ben, soon)
    expect(await until()).toBe(soon.expires_at)
    await expireActivities(db, soon.uuid)
    expect(await until()).toBe(late.expires_at)
    await expireActivities(db, late.uuid)
    const [follow] = await lists(anna, LIST)
    const days = (Date.parse(await until()) - Date.parse(follow.created_at)) / 86_400_000
    expect(days).toBe(30)
  })
})

describe('POST /api/notifications/read', () => {
  test('marks all up to the given one, and answers the remaining count', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'hi')
    await likes(ben, activity)
    await reposts(ben, activity)
    const [, like] = await lists(anna, LIST)
    await follows(ben, anna)
    const answer = expectStatus(await anna.post('/api/notifications/read', { up_to: like.uuid }), 200)
    expect(answer.body).toEqual({ count: 2, until: activity.expires_at, follow_requests: 0 })
    expect((await lists(anna, LIST)).map(({ kind, read_at }) => [kind, read_at !== null])).toEqual([
      ['follow', false],
      ['repost', false],
      ['like', true],
    ])
    expect(await unreadCount(anna)).toBe(2)
  })

  test('does not mark notifications of other users', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(ben, anna)
    await follows(anna, ben)
    const [theirs] = await lists(anna, LIST)
    expectStatus(await ben.post('/api/notifications/read', { up_to: theirs.uuid }), 200)
    expect(await unreadCount(anna)).toBe(1)
  })

  test.each([undefined, null, '', 'x', 7, {}])('rejects up_to: %j', async (up_to) => {
    const [anna] = await users(site, 'anna')
    expectErrors(await anna.post('/api/notifications/read', { up_to }), 422, [
      { code: 'notification_unknown', field: 'up_to' },
    ])
  })
})

test('lists the newest first, in pages', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  for (const index of Array.from({ length: 7 }).keys()) await likes(ben, await posts(anna, `${index}`))
  const uuids = (await lists(anna, LIST)).map(({ uuid }) => uuid)
  expect((await readPages(anna, '/api/notifications', 3)).map((page) => page.length)).toEqual([3, 3, 1])
  expect((await readPages(anna, '/api/notifications', 3)).flat()).toEqual(uuids)
  expect(uuids).toEqual(uuids.toSorted().reverse())
})

test('security: lists own notifications only, and answers 401 signed out', async () => {
  const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  await follows(ben, anna)
  expect(await lists(cleo, LIST)).toEqual([])
  const visitor = actors.visitor()
  expectErrors(await visitor.get('/api/notifications'), 401, ['unauthorized'])
  expectErrors(await visitor.get('/api/notifications/unread'), 401, ['unauthorized'])
  expectErrors(await visitor.post('/api/notifications/read', { up_to: crypto.randomUUID() }), 401, ['unauthorized'])
})

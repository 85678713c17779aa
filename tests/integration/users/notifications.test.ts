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

/** The unread count, which has to be what the list says at this moment. */
async function unread(who: ApiUser): Promise<number> {
  const { count } = await reads(who, '/api/notifications/unread')
  expect(count).toBe((await lists(who, LIST)).filter(({ read_at }) => read_at === null).length)
  return count
}

describe('each kind is told', () => {
  test('a reply, with what it says', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const reply = await replies(ben, await posts(anna, 'hi'), 'ho')
    const [told, ...rest] = await lists(anna, LIST)
    expect(rest).toEqual([])
    expect(told).toEqual({
      uuid: expect.any(String),
      kind: 'reply',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      read_at: null,
      actor: { uuid: ben.uuid, handle: ben.handle, display_name: 'Ben', avatar_url: null },
      activity: { ...reply, viewer: { liked: false, reposted: false } },
    })
  })

  test('a like and a repost, once each, with the crud', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const crud = await posts(anna, 'hi')
    for (const _ of [1, 2]) {
      await likes(ben, crud)
      await reposts(ben, crud)
    }
    const told = await lists(anna, LIST)
    expect(told.map(({ kind, activity }) => [kind, activity.uuid])).toEqual([
      ['repost', crud.uuid],
      ['like', crud.uuid],
    ])
    expect(told[0].activity).toMatchObject({ likes_count: 1, reposts_count: 1, user: { handle: anna.handle } })
  })

  test('a follow, without a crud', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(ben, anna)
    await follows(ben, anna)
    expect(await lists(anna, LIST)).toMatchObject([{ kind: 'follow', actor: { handle: ben.handle }, activity: null }])
  })

  test('a mention, once a crud, in any case, and not beside a reply to the same person', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const crud = await posts(ben, `@${anna.handle} and @${anna.handle.toUpperCase()}, @nobody_has_this`)
    expect(await lists(anna, LIST)).toMatchObject([{ kind: 'mention', activity: { uuid: crud.uuid } }])
    await replies(cleo, crud, `@${ben.handle} @${anna.handle}`)
    expect(await kindsOf(ben)).toEqual(['reply'])
    expect(await kindsOf(anna)).toEqual(['mention', 'mention'])
  })

  test('never one’s own doing', async () => {
    const [anna] = await users(site, 'anna')
    const crud = await posts(anna, `@${anna.handle}`)
    await replies(anna, crud, `@${anna.handle}`)
    await likes(anna, crud)
    await reposts(anna, crud)
    expect(await lists(anna, LIST)).toEqual([])
    expect(await reads(anna, '/api/notifications/unread')).toEqual({ count: 0, until: null })
  })
})

test('an undo takes its notification along', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const crud = await posts(anna, 'hi')
  const reply = await replies(ben, crud, 'ho')
  await Promise.all([likes(ben, crud), reposts(ben, crud), follows(ben, anna)])
  expect(await unread(anna)).toBe(4)
  await unlikes(ben, crud)
  expect((await kindsOf(anna)).sort()).toEqual(['follow', 'reply', 'repost'])
  await unreposts(ben, crud)
  await unfollows(ben, anna)
  await deletes(ben, reply)
  expect(await kindsOf(anna)).toEqual([])
  expect(await unread(anna)).toBe(0)
})

describe('the unread count', () => {
  test('is what the list says, whatever happens in between', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const [first, second] = [await posts(anna, 'one'), await posts(anna, 'two')]
    for (const who of [ben, cleo]) {
      await likes(who, first)
      await likes(who, second)
      await follows(who, anna)
    }
    const reply = await replies(ben, first, 'ho')
    expect(await unread(anna)).toBe(7)
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
      expect(await unread(anna), step.toString()).toBe(count)
    }
  })

  test('says when it next falls by itself', async () => {
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

describe('reading', () => {
  test('marks all up to the one that is named, and answers what is left', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const crud = await posts(anna, 'hi')
    await likes(ben, crud)
    await reposts(ben, crud)
    const [, like] = await lists(anna, LIST)
    await follows(ben, anna)
    const answer = expectStatus(await anna.post('/api/notifications/read', { up_to: like.uuid }), 200)
    expect(answer.body).toEqual({ count: 2, until: crud.expires_at })
    expect((await lists(anna, LIST)).map(({ kind, read_at }) => [kind, read_at !== null])).toEqual([
      ['follow', false],
      ['repost', false],
      ['like', true],
    ])
    expect(await unread(anna)).toBe(2)
  })

  test('somebody else’s name marks nothing of theirs', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(ben, anna)
    await follows(anna, ben)
    const [theirs] = await lists(anna, LIST)
    expectStatus(await ben.post('/api/notifications/read', { up_to: theirs.uuid }), 200)
    expect(await unread(anna)).toBe(1)
  })

  test.each([undefined, null, '', 'x', 7, {}])('up_to: %j is refused', async (up_to) => {
    const [anna] = await users(site, 'anna')
    expectErrors(await anna.post('/api/notifications/read', { up_to }), 422, [
      { code: 'notification_unknown', field: 'up_to' },
    ])
  })
})

test('newest first, in pages', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  for (const index of Array.from({ length: 7 }).keys()) await likes(ben, await posts(anna, `${index}`))
  const whole = (await lists(anna, LIST)).map(({ uuid }) => uuid)
  expect((await readPages(anna, '/api/notifications', 3)).map((page) => page.length)).toEqual([3, 3, 1])
  expect((await readPages(anna, '/api/notifications', 3)).flat()).toEqual(whole)
  expect(whole).toEqual(whole.toSorted().reverse())
})

test('security: one’s own alone, and none signed out', async () => {
  const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  await follows(ben, anna)
  expect(await lists(cleo, LIST)).toEqual([])
  const visitor = actors.visitor()
  expectErrors(await visitor.get('/api/notifications'), 401, ['unauthorized'])
  expectErrors(await visitor.get('/api/notifications/unread'), 401, ['unauthorized'])
  expectErrors(await visitor.post('/api/notifications/read', { up_to: crypto.randomUUID() }), 401, ['unauthorized'])
})

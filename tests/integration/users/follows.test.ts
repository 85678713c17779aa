import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { follows, handlesIn, posts, readPages, reads, unfollows, uuidsIn } from '../../support/actors/actions.ts'
import { manyUsers, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site
const HOME = '/api/activities/home'

describe('happy', () => {
  test('a follow is idempotent and shows on both profiles and in both lists', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const profile = await follows(anna, ben)
    expect(profile).toMatchObject({ handle: ben.handle, followers_count: 1, viewer: { following: 'yes' } })
    expect(await follows(anna, ben)).toEqual(profile)
    expect(await handlesIn(actors.visitor(), `/api/users/@${ben.handle}/followers`)).toEqual([anna.handle])
    expect(await handlesIn(actors.visitor(), `/api/users/@${anna.handle}/following`)).toEqual([ben.handle])
    expect(await reads(ben, `/api/users/@${anna.handle}`)).toMatchObject({
      following_count: 1,
      viewer: { following: 'no', followed_by: true },
    })
  })

  test('unfollowing is idempotent and leaves no row', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(anna, ben)
    for (const _ of [1, 2]) {
      expect(await unfollows(anna, ben)).toMatchObject({ followers_count: 0, viewer: { following: 'no' } })
    }
    expect(await handlesIn(anna, `/api/users/@${ben.handle}/followers`)).toEqual([])
    expect(await db.sql('select from follows where follower_uuid = $1', [anna.uuid])).toHaveLength(0)
  })

  test('the handle is case-insensitive', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    expect((await follows(anna, { handle: ben.handle.toUpperCase() })).handle).toBe(ben.handle)
  })

  test('followers and following are paged', async () => {
    const [anna, ...others] = await manyUsers(site, 8)
    if (!anna) throw new Error('missing user')
    await Promise.all(others.flatMap((other) => [follows(other, anna), follows(anna, other)]))
    const expected = others
      .map(({ uuid }) => uuid)
      .sort()
      .reverse()
    for (const list of ['followers', 'following']) {
      const pages = await readPages(anna, `/api/users/@${anna.handle}/${list}`, 3)
      expect(pages.map((page) => page.length)).toEqual([3, 3, 1])
      expect(pages.flat()).toEqual(expected)
    }
  })

  test('home lists followed users and the viewer', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    await follows(anna, ben)
    const own = await posts(anna, 'mine')
    const followed = await posts(ben, 'of ben')
    await posts(cleo, 'of cleo')
    expect(await uuidsIn(anna, HOME)).toEqual([followed.uuid, own.uuid])
    await unfollows(anna, ben)
  })

  test('home of a user who follows nobody is everyone’s, even with own activities', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(ben, 'hi')
    const own = await posts(anna, 'my first')
    expect((await uuidsIn(anna, HOME)).slice(0, 2)).toEqual([own.uuid, activity.uuid])
    expect(await uuidsIn(anna, HOME)).toEqual(await uuidsIn(anna, '/api/activities/everyone'))
  })
})

describe('error', () => {
  test('following oneself answers 422 and stores nothing', async () => {
    const [anna] = await users(site, 'anna')
    expectErrors(await anna.put(`/api/users/@${anna.handle}/follow`), 422, ['follow_self'])
    expect(await db.sql('select from follows where follower_uuid = $1', [anna.uuid])).toHaveLength(0)
    expect((await unfollows(anna, anna)).viewer?.following).toBe('no')
  })

  test.each(['@nobody_has_this', '@', 'anna', '@a-b', `@${'a'.repeat(31)}`, '@%00', '@%27'])(
    '%s answers 404',
    async (handle) => {
      const [anna] = await users(site, 'anna')
      for (const method of ['PUT', 'DELETE']) {
        expectErrors(await anna.send(method, `/api/users/${handle}/follow`), 404, ['not_found'])
      }
      for (const list of ['followers', 'following', 'activities', 'activities?tab=likes', 'short']) {
        expectErrors(await anna.get(`/api/users/${handle}/${list}`), 404, ['not_found'])
      }
    },
  )
})

describe('security', () => {
  test('signed out answers 401', async () => {
    const [anna] = await users(site, 'anna')
    for (const method of ['PUT', 'DELETE']) {
      expectErrors(await actors.visitor().send(method, `/api/users/@${anna.handle}/follow`), 401, ['unauthorized'])
    }
    expect((await reads(anna, `/api/users/@${anna.handle}`)).followers_count).toBe(0)
  })

  test('the follower is the viewer, whatever the body says', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    expectStatus(await anna.put(`/api/users/@${ben.handle}/follow`, { follower_uuid: cleo.uuid }), 200)
    expect(await handlesIn(anna, `/api/users/@${ben.handle}/followers`)).toEqual([anna.handle])
  })
})

import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  accepts,
  approvesFollowers,
  blocks,
  declines,
  follows,
  handlesIn,
  lists,
  postsTo,
  readPages,
  reads,
  removesFollower,
  unfollows,
} from '../../support/actors/actions.ts'
import { type ApiUser, manyUsers, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site
const REQUESTS = '/api/follow-requests'

/** Somebody who approves followers, and others. */
async function cast<Names extends string[]>(...names: Names) {
  const [anna, ...others] = await users(site, 'anna', ...names)
  await approvesFollowers(anna)
  return [anna, ...others] as [ApiUser, ...{ [K in keyof Names]: ApiUser }]
}
const kindsFor = async (who: ApiUser) => (await lists(who, '/api/notifications')).map(({ kind }) => kind)

describe('happy', () => {
  test('a follow is a request: it counts nowhere, opens nothing, and is seen by the two alone', async () => {
    const [anna, ben, cleo] = await cast('ben', 'cleo')
    const profile = await follows(ben, anna)
    expect(profile).toMatchObject({ approves_followers: true, followers_count: 0, viewer: { following: 'requested' } })
    expect(await follows(ben, anna)).toEqual(profile)
    expect(await handlesIn(anna, REQUESTS)).toEqual([ben.handle])
    expect(await kindsFor(anna)).toEqual(['follow_request'])
    expect((await reads(anna, `/api/users/@${ben.handle}`)).viewer).toMatchObject({ followed_by: false })
    const crud = await postsTo(anna, { audience: 'followers' }, 'for some')
    expectStatus(await ben.get(`/api/activities/${crud.uuid}`), 410)
    for (const who of [anna, ben, cleo, actors.visitor()]) {
      expect(await lists(who, `/api/users/@${anna.handle}/followers`)).toEqual([])
      expect(await lists(who, `/api/users/@${ben.handle}/following`)).toEqual([])
      expect(await reads(who, `/api/users/@${ben.handle}`)).toMatchObject({ following_count: 0 })
    }
    expect(await lists(cleo, REQUESTS)).toEqual([])
    expect((await reads(ben, '/api/session')).follows_nobody).toBe(true)
  })

  test('accepted it is a follow like any other; accepting again changes nothing', async () => {
    const [anna, ben] = await cast('ben')
    await follows(ben, anna)
    const crud = await postsTo(anna, { audience: 'followers' }, 'for some')
    const profile = await accepts(anna, ben)
    expect(profile).toMatchObject({ handle: ben.handle, following_count: 1, viewer: { followed_by: true } })
    expect(await accepts(anna, ben)).toEqual(profile)
    expectStatus(await ben.get(`/api/activities/${crud.uuid}`), 200)
    expect(await reads(ben, `/api/users/@${anna.handle}`)).toMatchObject({
      followers_count: 1,
      viewer: { following: 'yes' },
    })
    expect(await lists(anna, REQUESTS)).toEqual([])
    expect(await kindsFor(anna)).toEqual(['follow'])
    expect((await reads(anna, '/api/notifications/unread')).count).toBe(0)
    expect((await follows(ben, anna)).viewer?.following).toBe('yes')
  })

  test('declined, withdrawn or removed, nothing is left of it, and it can be asked again', async () => {
    const [anna, ben] = await cast('ben')
    const ends = [() => declines(anna, ben), () => unfollows(ben, anna), () => removesFollower(anna, ben)]
    for (const end of ends) {
      await follows(ben, anna)
      for (const _ of [1, 2]) await end()
      expect((await reads(ben, `/api/users/@${anna.handle}`)).viewer.following).toBe('no')
      expect(await lists(anna, REQUESTS)).toEqual([])
      expect(await kindsFor(anna)).toEqual([])
      expectErrors(await anna.put(`${REQUESTS}/@${ben.handle}`), 404, ['not_found'])
    }
    expect(await kindsFor(ben)).toEqual([])
  })

  test('declining leaves a follow, and removing ends it', async () => {
    const [anna, ben] = await cast('ben')
    await follows(ben, anna)
    await accepts(anna, ben)
    await declines(anna, ben)
    expect(await handlesIn(anna, `/api/users/@${anna.handle}/followers`)).toEqual([ben.handle])
    expect(await removesFollower(anna, ben)).toMatchObject({ following_count: 0, viewer: { followed_by: false } })
    expect(await lists(anna, `/api/users/@${anna.handle}/followers`)).toEqual([])
    expect(await kindsFor(anna)).toEqual([])
  })

  test('who follows already goes on when approval begins; when it ends, all who wait follow', async () => {
    const [anna, ben, ...waiting] = await users(site, 'anna', 'ben', 'cleo', 'dora', 'emil')
    await follows(ben, anna)
    await approvesFollowers(anna)
    expect((await follows(ben, anna)).viewer?.following).toBe('yes')
    for (const one of waiting) await follows(one, anna)
    expect(await handlesIn(anna, REQUESTS)).toEqual(waiting.map(({ handle }) => handle).reverse())
    await approvesFollowers(anna, false)
    expect(await lists(anna, REQUESTS)).toEqual([])
    expect(await reads(anna, `/api/users/@${anna.handle}`)).toMatchObject({ followers_count: 4 })
    for (const one of waiting)
      expect(await reads(one, `/api/users/@${one.handle}`)).toMatchObject({ following_count: 1 })
    expect(new Set(await kindsFor(anna))).toEqual(new Set(['follow']))
    expect((await follows((await users(site, 'fay'))[0], anna)).viewer?.following).toBe('yes')
  })

  test('requests are paged, the latest first, and say whether one follows back', async () => {
    const [anna] = await cast()
    const others = await manyUsers(site, 7)
    for (const other of others) await follows(other, anna)
    await follows(anna, others[0] as ApiUser)
    const pages = await readPages(anna, REQUESTS, 3)
    expect(pages).toEqual(
      [others.slice(4), others.slice(1, 4), others.slice(0, 1)].map((page) => page.map(({ uuid }) => uuid).reverse()),
    )
    expect((await lists(anna, REQUESTS)).map(({ viewer }) => viewer.following)).toEqual([...Array(6).fill('no'), 'yes'])
  })
})

describe('error', () => {
  test('oneself, nobody, and who never asked', async () => {
    const [anna, ben] = await cast('ben')
    expectErrors(await anna.put(`/api/users/@${anna.handle}/follow`), 422, ['follow_self'])
    for (const handle of [anna.handle, ben.handle, 'nobody_has_this']) {
      expectErrors(await anna.put(`${REQUESTS}/@${handle}`), 404, ['not_found'])
    }
    for (const path of [`${REQUESTS}/@nobody_has_this`, '/api/followers/@nobody_has_this', '/api/followers/anna']) {
      expectErrors(await anna.delete(path), 404, ['not_found'])
    }
    expectErrors(await anna.get(`${REQUESTS}?cursor=x`), 400, [{ code: 'cursor_malformed', field: 'cursor' }])
  })
})

describe('security', () => {
  test('signed out nothing is told or stored', async () => {
    const [anna, ben] = await cast('ben')
    await follows(ben, anna)
    const nobody = actors.visitor()
    expectErrors(await nobody.get(REQUESTS), 401, ['unauthorized'])
    for (const path of [`${REQUESTS}/@${ben.handle}`, `/api/followers/@${ben.handle}`]) {
      expectErrors(await nobody.delete(path), 401, ['unauthorized'])
    }
    expectErrors(await nobody.put(`${REQUESTS}/@${ben.handle}`), 401, ['unauthorized'])
    expect(await handlesIn(anna, REQUESTS)).toEqual([ben.handle])
  })

  test('nobody accepts or declines for another', async () => {
    const [anna, ben, cleo] = await cast('ben', 'cleo')
    await follows(ben, anna)
    for (const who of [ben, cleo]) {
      expectErrors(await who.put(`${REQUESTS}/@${ben.handle}`), 404, ['not_found'])
      expectErrors(await who.put(`${REQUESTS}/@${anna.handle}`), 404, ['not_found'])
      await declines(who, ben)
      await removesFollower(who, ben)
    }
    expect(await handlesIn(anna, REQUESTS)).toEqual([ben.handle])
  })

  test('a block ends a request, and none can be made or accepted across it', async () => {
    for (const [blocker, blocked] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const pair = await cast('ben')
      const [anna, ben] = pair
      await follows(ben, anna)
      await blocks(pair[blocker], pair[blocked])
      expect(await lists(anna, REQUESTS)).toEqual([])
      expect(await kindsFor(anna)).toEqual([])
      expectErrors(await ben.put(`/api/users/@${anna.handle}/follow`), 404, ['not_found'])
      expectErrors(await anna.put(`${REQUESTS}/@${ben.handle}`), 404, ['not_found'])
      expect(await db.sql('select from follow_requests where follower_uuid = $1', [ben.uuid])).toHaveLength(0)
    }
  })

  test('a follow that an older release’s function inserts is a request, too', async () => {
    const [anna, ben] = await cast('ben')
    await db.sql('insert into follows (follower_uuid, followed_uuid) values ($1, $2)', [ben.uuid, anna.uuid])
    expect(await db.sql('select from follows where follower_uuid = $1', [ben.uuid])).toHaveLength(0)
    expect(await handlesIn(anna, REQUESTS)).toEqual([ben.handle])
  })
})

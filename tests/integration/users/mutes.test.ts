import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  blocks,
  follows,
  handlesIn,
  likes,
  lists,
  mutes,
  posts,
  reads,
  replies,
  reposts,
  unblocks,
  unmutes,
  uuidsIn,
} from '../../support/actors/actions.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'
import { expectErrors } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site

/** Makes Anna, who follows Ben; he has an activity with a tag and a reply to her. */
async function makeMuteFixture() {
  const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  const word = `w${crypto.randomUUID().slice(0, 8)}`
  await follows(anna, ben)
  await follows(anna, cleo)
  const own = await posts(anna, 'mine')
  const activity = await posts(ben, `${word} #${word} @${anna.handle}`)
  const reply = await replies(ben, own, 'ho')
  await reposts(cleo, activity)
  const filteredPaths = [
    '/api/activities/home',
    '/api/activities/everyone?limit=100',
    '/api/activities/last-light?limit=100',
    `/api/activities/search?term=${word}`,
    `/api/tags/${word}`,
  ]
  return { anna, ben, cleo, own, activity, reply, filteredPaths }
}

describe('happy', () => {
  test('a mute hides their activities and reposts of them in the viewer’s lists only', async () => {
    const { anna, ben, cleo, own, activity, reply, filteredPaths } = await makeMuteFixture()
    for (const path of filteredPaths) expect(await uuidsIn(anna, path), path).toContain(activity.uuid)
    await mutes(anna, ben)
    for (const path of filteredPaths) expect(await uuidsIn(anna, path), path).not.toContain(activity.uuid)
    expect(await uuidsIn(anna, `/api/activities/${own.uuid}/replies`)).toEqual([])
    for (const other of [cleo, ben, actors.visitor()]) {
      for (const path of filteredPaths.slice(1)) expect(await uuidsIn(other, path), path).toContain(activity.uuid)
      expect(await uuidsIn(other, `/api/activities/${own.uuid}/replies`)).toEqual([reply.uuid])
    }
    await unmutes(anna, ben)
    for (const path of filteredPaths) expect(await uuidsIn(anna, path), path).toContain(activity.uuid)
  })

  test('a mute hides their notifications, and unmuting shows them again', async () => {
    const { anna, ben, own } = await makeMuteFixture()
    await likes(ben, own)
    const kinds = async () => (await lists(anna, '/api/notifications')).map(({ kind }) => kind)
    const before = await kinds()
    expect(before).toEqual(['like', 'reply', 'mention'])
    await mutes(anna, ben)
    expect(await kinds()).toEqual([])
    expect(await reads(anna, '/api/notifications/unread')).toEqual({ count: 0, until: null, follow_requests: 0 })
    await unmutes(anna, ben)
    expect(await kinds()).toEqual(before)
  })

  test('their profile and activities by URL still show', async () => {
    const { anna, ben, activity, reply } = await makeMuteFixture()
    await mutes(anna, ben)
    expect(await uuidsIn(anna, `/api/users/@${ben.handle}/activities`)).toEqual([activity.uuid])
    expect(await uuidsIn(anna, `/api/users/@${ben.handle}/activities?tab=replies`)).toEqual([reply.uuid])
    expect((await reads(anna, `/api/activities/${activity.uuid}`)).uuid).toBe(activity.uuid)
  })

  test('the follow stays, and reposts by the muted user are not on home', async () => {
    const { anna, ben, cleo } = await makeMuteFixture()
    const other = await posts(cleo, 'of cleo')
    const [dora] = await users(site, 'dora')
    const far = await posts(dora, 'of dora')
    await reposts(ben, far)
    await mutes(anna, ben)
    expect(await uuidsIn(anna, '/api/activities/home')).not.toContain(far.uuid)
    expect(await uuidsIn(anna, '/api/activities/home')).toContain(other.uuid)
    expect((await reads(anna, `/api/users/@${ben.handle}`)).viewer).toMatchObject({ following: 'yes', muting: true })
  })

  test('home of a user who has muted all followed users lists own activities only', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(anna, ben)
    await mutes(anna, ben)
    const own = await posts(anna, 'mine')
    expect(await uuidsIn(anna, '/api/activities/home')).toEqual([own.uuid])
  })

  test('the muted user sees no difference', async () => {
    const { anna, ben, own } = await makeMuteFixture()
    const before = await reads(ben, `/api/users/@${anna.handle}`)
    await mutes(anna, ben)
    expect(await reads(ben, `/api/users/@${anna.handle}`)).toEqual(before)
    expect((await likes(ben, own)).likes_count).toBe(1)
    await replies(ben, own, 'still here')
  })

  test('a mute with an end expires', async () => {
    const { anna, ben, activity, filteredPaths } = await makeMuteFixture()
    await mutes(anna, ben, 3_600)
    const [row] = await db.sql<{ seconds_left: number }>(
      'select extract(epoch from ends_at - now())::integer as seconds_left from mutes where muter_uuid = $1',
      [anna.uuid],
    )
    expect(row?.seconds_left).toBeGreaterThan(3_500)
    expect(row?.seconds_left).toBeLessThanOrEqual(3_600)
    expect(await uuidsIn(anna, filteredPaths[1] ?? '')).not.toContain(activity.uuid)
    await db.sql('update mutes set ends_at = now() where muter_uuid = $1', [anna.uuid])
    for (const path of filteredPaths) expect(await uuidsIn(anna, path), path).toContain(activity.uuid)
    expect((await reads(anna, '/api/notifications/unread')).count).toBe(2)
    expect((await reads(anna, `/api/users/@${ben.handle}`)).viewer.muting).toBe(false)
  })

  test('muting again replaces the end', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await mutes(anna, ben, 60)
    await mutes(anna, ben, null)
    const rows = await db.sql('select ends_at::text from mutes where muter_uuid = $1', [anna.uuid])
    expect(rows).toEqual([{ ends_at: 'infinity' }])
  })
})

describe('error', () => {
  test.each([undefined, 0, 59, -1, 31_536_001, 60.5, '3600', true])('rejects seconds: %j', async (seconds) => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    expectErrors(await anna.put(`/api/users/@${ben.handle}/mute`, { seconds }), 422, [
      { code: 'mute_invalid', field: 'seconds' },
    ])
    expect(await db.sql('select from mutes where muter_uuid = $1', [anna.uuid])).toHaveLength(0)
  })

  test('muting oneself answers 422, an unknown user 404', async () => {
    const [anna] = await users(site, 'anna')
    expectErrors(await anna.put(`/api/users/@${anna.handle}/mute`, { seconds: null }), 422, ['mute_self'])
    expectErrors(await anna.put('/api/users/@nobody_has_this/mute', { seconds: null }), 404, ['not_found'])
    expectErrors(await anna.delete('/api/users/@nobody_has_this/mute'), 404, ['not_found'])
  })
})

describe('a mute of a user who has blocked the viewer', () => {
  const mutedHandles = async (who: ApiUser) => ({
    list: await handlesIn(who, '/api/profile/mutes'),
    file: (await reads(who, '/api/profile/export')).muted.map(({ handle }: ApiUser) => handle),
  })
  const path = ({ handle }: ApiUser) => `/api/users/@${handle}/mute`

  test('answers 404 as for an unknown user, and stores nothing', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await blocks(ben, anna)
    expectErrors(await anna.put(path(ben), { seconds: null }), 404, ['not_found'])
    expect(await db.sql('select from mutes where muter_uuid = $1', [anna.uuid])).toHaveLength(0)
    await unblocks(ben, anna)
    expect(await mutedHandles(anna)).toEqual({ list: [], file: [] })
  })

  test('is hidden during the block if it is older, and can be removed', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    for (const other of [ben, cleo]) await mutes(anna, other)
    await blocks(ben, anna)
    expect(await mutedHandles(anna)).toEqual({ list: [cleo.handle], file: [cleo.handle] })
    await unblocks(ben, anna)
    expect((await mutedHandles(anna)).list).toEqual([ben.handle, cleo.handle])
    expect((await mutedHandles(anna)).file).toHaveLength(2)
    await blocks(ben, anna)
    expectErrors(await anna.delete(path(ben)), 404, ['not_found'])
    await unblocks(ben, anna)
    expect(await mutedHandles(anna)).toEqual({ list: [cleo.handle], file: [cleo.handle] })
  })

  test('shows to a viewer who has blocked them too', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await blocks(anna, ben)
    await blocks(ben, anna)
    expect((await mutes(anna, ben)).viewer).toMatchObject({ blocking: true, muting: true })
    expect(await mutedHandles(anna)).toEqual({ list: [ben.handle], file: [ben.handle] })
    await unblocks(anna, ben)
    expect(await mutedHandles(anna)).toEqual({ list: [], file: [] })
  })
})

test('security: signed out answers 401', async () => {
  const [anna] = await users(site, 'anna')
  const visitor = actors.visitor()
  expectErrors(await visitor.put(`/api/users/@${anna.handle}/mute`, { seconds: null }), 401, ['unauthorized'])
  expectErrors(await visitor.delete(`/api/users/@${anna.handle}/mute`), 401, ['unauthorized'])
})

describe('GET /api/profile/mutes', () => {
  test('lists mutes with their ends by handle in pages, without expired ones', async () => {
    const [anna, ben, cleo, dora, emil] = await users(site, 'anna', 'ben', 'cleo', 'dora', 'emil')
    for (const other of [dora, cleo]) await mutes(anna, other)
    await mutes(anna, ben, 3_600)
    await mutes(anna, emil, 60)
    await db.sql(`update mutes set ends_at = now() where muted_uuid = $1`, [emil.uuid])
    const first = await reads(anna, '/api/profile/mutes?limit=2')
    expect(first.data).toMatchObject([
      { handle: ben.handle, ends_at: expect.stringMatching(/Z$/) },
      { handle: cleo.handle, ends_at: null },
    ])
    const msLeft = Date.parse(first.data[0].ends_at) - Date.now()
    expect(msLeft).toBeGreaterThan(3_500_000)
    expect(msLeft).toBeLessThanOrEqual(3_600_000)
    const second = await reads(anna, `/api/profile/mutes?limit=2&cursor=${first.next_cursor}`)
    expect(second).toMatchObject({ data: [{ handle: dora.handle }], next_cursor: null })
  })

  test('is private', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await mutes(anna, ben)
    expect(await lists(ben, '/api/profile/mutes')).toEqual([])
    expectErrors(await actors.visitor().get('/api/profile/mutes'), 401, ['unauthorized'])
    expectErrors(await anna.get('/api/profile/mutes?cursor=%00'), 400, [{ code: 'cursor_malformed', field: 'cursor' }])
    await unmutes(anna, ben)
    expect(await lists(anna, '/api/profile/mutes')).toEqual([])
  })
})

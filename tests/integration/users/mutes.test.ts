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

/** Anna follows Ben, who says something with a tag and answers her; she has muted him or not. */
async function scene() {
  const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  const word = `w${crypto.randomUUID().slice(0, 8)}`
  await follows(anna, ben)
  await follows(anna, cleo)
  const own = await posts(anna, 'mine')
  const crud = await posts(ben, `${word} #${word} @${anna.handle}`)
  const reply = await replies(ben, own, 'ho')
  await reposts(cleo, crud)
  const hiding = [
    '/api/activities/home',
    '/api/activities/everyone?limit=100',
    '/api/activities/last-light?limit=100',
    `/api/activities/search?term=${word}`,
    `/api/tags/${word}`,
  ]
  return { anna, ben, cleo, own, crud, reply, hiding }
}

describe('happy', () => {
  test('it hides their cruds from the lists of the muter, reposted ones too, and from nobody else’s', async () => {
    const { anna, ben, cleo, own, crud, reply, hiding } = await scene()
    for (const path of hiding) expect(await uuidsIn(anna, path), path).toContain(crud.uuid)
    await mutes(anna, ben)
    for (const path of hiding) expect(await uuidsIn(anna, path), path).not.toContain(crud.uuid)
    expect(await uuidsIn(anna, `/api/activities/${own.uuid}/replies`)).toEqual([])
    for (const other of [cleo, ben, actors.visitor()]) {
      for (const path of hiding.slice(1)) expect(await uuidsIn(other, path), path).toContain(crud.uuid)
      expect(await uuidsIn(other, `/api/activities/${own.uuid}/replies`)).toEqual([reply.uuid])
    }
    await unmutes(anna, ben)
    for (const path of hiding) expect(await uuidsIn(anna, path), path).toContain(crud.uuid)
  })

  test('it hides what they told the muter, and brings it back', async () => {
    const { anna, ben, own } = await scene()
    await likes(ben, own)
    const kinds = async () => (await lists(anna, '/api/notifications')).map(({ kind }) => kind)
    const before = await kinds()
    expect(before).toEqual(['like', 'reply', 'mention'])
    await mutes(anna, ben)
    expect(await kinds()).toEqual([])
    expect(await reads(anna, '/api/notifications/unread')).toEqual({ count: 0, until: null })
    await unmutes(anna, ben)
    expect(await kinds()).toEqual(before)
  })

  test('their own page, and a crud opened by its address, still show', async () => {
    const { anna, ben, crud, reply } = await scene()
    await mutes(anna, ben)
    expect(await uuidsIn(anna, `/api/users/@${ben.handle}/activities`)).toEqual([crud.uuid])
    expect(await uuidsIn(anna, `/api/users/@${ben.handle}/activities?tab=replies`)).toEqual([reply.uuid])
    expect((await reads(anna, `/api/activities/${crud.uuid}`)).uuid).toBe(crud.uuid)
  })

  test('a follow stays, and what the muted reposts does not come home', async () => {
    const { anna, ben, cleo } = await scene()
    const other = await posts(cleo, 'of cleo')
    const [dora] = await users(site, 'dora')
    const far = await posts(dora, 'of dora')
    await reposts(ben, far)
    await mutes(anna, ben)
    expect(await uuidsIn(anna, '/api/activities/home')).not.toContain(far.uuid)
    expect(await uuidsIn(anna, '/api/activities/home')).toContain(other.uuid)
    expect((await reads(anna, `/api/users/@${ben.handle}`)).viewer).toMatchObject({ following: true, muting: true })
  })

  test('whoever has muted all whom they follow has a home of their own cruds, and not of everybody’s', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(anna, ben)
    await mutes(anna, ben)
    const own = await posts(anna, 'mine')
    expect(await uuidsIn(anna, '/api/activities/home')).toEqual([own.uuid])
  })

  test('the muted cannot tell', async () => {
    const { anna, ben, own } = await scene()
    const before = await reads(ben, `/api/users/@${anna.handle}`)
    await mutes(anna, ben)
    expect(await reads(ben, `/api/users/@${anna.handle}`)).toEqual(before)
    expect((await likes(ben, own)).likes_count).toBe(1)
    await replies(ben, own, 'still here')
  })

  test('it ends by itself at its time', async () => {
    const { anna, ben, crud, hiding } = await scene()
    await mutes(anna, ben, 3_600)
    const [row] = await db.sql<{ left: number }>(
      'select extract(epoch from ends_at - now())::integer as left from mutes where muter_uuid = $1',
      [anna.uuid],
    )
    expect(row?.left).toBeGreaterThan(3_500)
    expect(row?.left).toBeLessThanOrEqual(3_600)
    expect(await uuidsIn(anna, hiding[1] ?? '')).not.toContain(crud.uuid)
    await db.sql('update mutes set ends_at = now() where muter_uuid = $1', [anna.uuid])
    for (const path of hiding) expect(await uuidsIn(anna, path), path).toContain(crud.uuid)
    expect((await reads(anna, '/api/notifications/unread')).count).toBe(2)
    expect((await reads(anna, `/api/users/@${ben.handle}`)).viewer.muting).toBe(false)
  })

  test('muting again sets its end anew', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await mutes(anna, ben, 60)
    await mutes(anna, ben, null)
    const rows = await db.sql('select ends_at::text from mutes where muter_uuid = $1', [anna.uuid])
    expect(rows).toEqual([{ ends_at: 'infinity' }])
  })
})

describe('error', () => {
  test.each([undefined, 0, 59, -1, 31_536_001, 60.5, '3600', true])('seconds: %j is refused', async (seconds) => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    expectErrors(await anna.put(`/api/users/@${ben.handle}/mute`, { seconds }), 422, [
      { code: 'mute_invalid', field: 'seconds' },
    ])
    expect(await db.sql('select from mutes where muter_uuid = $1', [anna.uuid])).toHaveLength(0)
  })

  test('oneself: 422; nobody: 404', async () => {
    const [anna] = await users(site, 'anna')
    expectErrors(await anna.put(`/api/users/@${anna.handle}/mute`, { seconds: null }), 422, ['mute_self'])
    expectErrors(await anna.put('/api/users/@nobody_has_this/mute', { seconds: null }), 404, ['not_found'])
    expectErrors(await anna.delete('/api/users/@nobody_has_this/mute'), 404, ['not_found'])
  })
})

describe('of somebody who has blocked the muter', () => {
  const shown = async (who: ApiUser) => ({
    list: await handlesIn(who, '/api/profile/mutes'),
    file: (await reads(who, '/api/profile/export')).muted.map(({ handle }: ApiUser) => handle),
  })
  const path = ({ handle }: ApiUser) => `/api/users/@${handle}/mute`

  test('there is none: the answer is that of nobody, and nothing is stored', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await blocks(ben, anna)
    expectErrors(await anna.put(path(ben), { seconds: null }), 404, ['not_found'])
    expect(await db.sql('select from mutes where muter_uuid = $1', [anna.uuid])).toHaveLength(0)
    await unblocks(ben, anna)
    expect(await shown(anna)).toEqual({ list: [], file: [] })
  })

  test('one from before is shown nowhere while the block stands, and may be taken back', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    for (const other of [ben, cleo]) await mutes(anna, other)
    await blocks(ben, anna)
    expect(await shown(anna)).toEqual({ list: [cleo.handle], file: [cleo.handle] })
    await unblocks(ben, anna)
    expect((await shown(anna)).list).toEqual([ben.handle, cleo.handle])
    expect((await shown(anna)).file).toHaveLength(2)
    await blocks(ben, anna)
    expectErrors(await anna.delete(path(ben)), 404, ['not_found'])
    await unblocks(ben, anna)
    expect(await shown(anna)).toEqual({ list: [cleo.handle], file: [cleo.handle] })
  })

  test('whoever has blocked them too sees them, and so the mute', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await blocks(anna, ben)
    await blocks(ben, anna)
    expect((await mutes(anna, ben)).viewer).toMatchObject({ blocking: true, muting: true })
    expect(await shown(anna)).toEqual({ list: [ben.handle], file: [ben.handle] })
    await unblocks(anna, ben)
    expect(await shown(anna)).toEqual({ list: [], file: [] })
  })
})

test('security: signed out nothing is stored', async () => {
  const [anna] = await users(site, 'anna')
  const visitor = actors.visitor()
  expectErrors(await visitor.put(`/api/users/@${anna.handle}/mute`, { seconds: null }), 401, ['unauthorized'])
  expectErrors(await visitor.delete(`/api/users/@${anna.handle}/mute`), 401, ['unauthorized'])
})

describe('the list of whom one has muted', () => {
  test('tells until when, by handle and page by page, and leaves out what has ended', async () => {
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
    const left = Date.parse(first.data[0].ends_at) - Date.now()
    expect(left).toBeGreaterThan(3_500_000)
    expect(left).toBeLessThanOrEqual(3_600_000)
    const second = await reads(anna, `/api/profile/mutes?limit=2&cursor=${first.next_cursor}`)
    expect(second).toMatchObject({ data: [{ handle: dora.handle }], next_cursor: null })
  })

  test('is one’s own business', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await mutes(anna, ben)
    expect(await lists(ben, '/api/profile/mutes')).toEqual([])
    expectErrors(await actors.visitor().get('/api/profile/mutes'), 401, ['unauthorized'])
    expectErrors(await anna.get('/api/profile/mutes?cursor=%00'), 400, [{ code: 'cursor_malformed', field: 'cursor' }])
    await unmutes(anna, ben)
    expect(await lists(anna, '/api/profile/mutes')).toEqual([])
  })
})

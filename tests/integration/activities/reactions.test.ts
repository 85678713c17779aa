import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  deletes,
  handlesIn,
  likes,
  posts,
  readPages,
  reads,
  reposts,
  unlikes,
  unreposts,
} from '../../support/actors/actions.ts'
import { expireActivities, manyUsers, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site
const GONE = '01a20dc2-7aaa-7389-b334-d306f5b17a26'
const VERSION_4 = '6f8a6c3e-3f0b-4a52-9d3e-0a3c8a1c8b11'

const REACTIONS = [
  { name: 'like', table: 'likes', count: 'likes_count', flag: 'liked', add: likes, remove: unlikes },
  { name: 'repost', table: 'reposts', count: 'reposts_count', flag: 'reposted', add: reposts, remove: unreposts },
] as const

describe.each(REACTIONS)('$name', ({ name, table, count, flag, add, remove }) => {
  const rows = async (uuid: string) => (await db.sql(`select from ${table} where activity_uuid = $1`, [uuid])).length
  const path = (uuid: string) => `/api/activities/${uuid}/${name}`

  test('is idempotent, counts once and lists the user', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'hi')
    const first = await add(ben, activity)
    expect(first).toEqual({ ...activity, [count]: 1, viewer: { ...activity.viewer, [flag]: true } })
    expect(await add(ben, activity)).toEqual(first)
    expect(await rows(activity.uuid)).toBe(1)
    expect(await handlesIn(actors.visitor(), `/api/activities/${activity.uuid}/${table}`)).toEqual([ben.handle])
  })

  test('undoing is idempotent and removes it', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'hi')
    await add(ben, activity)
    expect(await remove(ben, activity)).toEqual(activity)
    expect(await remove(ben, activity)).toEqual(activity)
    expect(await rows(activity.uuid)).toBe(0)
    expect(await handlesIn(anna, `/api/activities/${activity.uuid}/${table}`)).toEqual([])
  })

  test('undoing without having done it changes nothing', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const activity = await posts(anna, 'hi')
    await add(ben, activity)
    expect((await remove(cleo, activity))[count]).toBe(1)
  })

  test('works on own activities and on replies', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'hi')
    const reply = expectStatus(await ben.post(`/api/activities/${activity.uuid}/replies`, { message: 'ho' }), 201).body
    expect((await add(anna, activity))[count]).toBe(1)
    expect((await add(anna, reply))[count]).toBe(1)
    expect((await reads(anna, `/api/activities/${activity.uuid}`))[count]).toBe(1)
  })

  test('every viewer sees the count and their own flag', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'hi')
    await add(ben, activity)
    const newest = async (who: typeof anna) => (await reads(who, '/api/activities/everyone')).data[0]
    expect(await newest(ben)).toMatchObject({ uuid: activity.uuid, [count]: 1, viewer: { [flag]: true } })
    expect(await newest(anna)).toMatchObject({ uuid: activity.uuid, [count]: 1, viewer: { [flag]: false } })
    const [signedOut] = (await reads(actors.visitor(), '/api/activities/everyone')).data
    expect(signedOut).toMatchObject({ uuid: activity.uuid, [count]: 1, viewer: null })
  })

  test('lists users in pages, the latest first', async () => {
    const [anna, ...others] = await manyUsers(site, 6)
    if (!anna) throw new Error('missing user')
    const activity = await posts(anna, 'hi')
    for (const other of others) await add(other, activity)
    const pages = await readPages(anna, `/api/activities/${activity.uuid}/${table}`, 2)
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1])
    expect(pages.flat()).toEqual(others.map(({ uuid }) => uuid).reverse())
  })

  describe('error', () => {
    const requests: [string, 'PUT' | 'DELETE' | 'GET', (uuid: string) => string][] = [
      [`${name}`, 'PUT', path],
      [`undoing a ${name}`, 'DELETE', path],
      ['listing users', 'GET', (uuid) => `/api/activities/${uuid}/${table}`],
    ]

    test.each(requests)('%s of an unknown activity answers 404 or 410', async (_, method, pathOf) => {
      const [anna] = await users(site, 'anna')
      for (const uuid of [VERSION_4, 'latest', `${GONE}x`, '%00', `${GONE}'`]) {
        expectErrors(await anna.send(method, pathOf(uuid)), 404, ['not_found'])
      }
      expectErrors(await anna.send(method, pathOf(GONE)), 410, ['gone'])
    })

    test.each(requests)(
      '%s of an expired or deleted activity answers 410 and stores nothing',
      async (_, method, pathOf) => {
        const [anna, ben] = await users(site, 'anna', 'ben')
        const expired = await posts(anna, 'expired')
        const deleted = await posts(anna, 'deleted')
        await expireActivities(db, expired.uuid)
        await deletes(anna, deleted)
        for (const { uuid } of [expired, deleted]) expectErrors(await ben.send(method, pathOf(uuid)), 410, ['gone'])
        expect(await rows(expired.uuid)).toBe(0)
        expect(await db.sql('select from notifications where activity_uuid = $1', [expired.uuid])).toHaveLength(0)
      },
    )

    test.each(['x', '1', '00000000-0000-0000-0000-000000000000.'])('rejects the cursor %j', async (cursor) => {
      const [anna] = await users(site, 'anna')
      const activity = await posts(anna, 'hi')
      expectErrors(await anna.get(`/api/activities/${activity.uuid}/${table}?cursor=${cursor}`), 400, [
        { code: 'cursor_malformed', field: 'cursor' },
      ])
    })
  })

  describe('security', () => {
    test('signed out answers 401', async () => {
      const [anna] = await users(site, 'anna')
      const activity = await posts(anna, 'hi')
      for (const method of ['PUT', 'DELETE']) {
        expectErrors(await actors.visitor().send(method, path(activity.uuid)), 401, ['unauthorized'])
      }
      expect(await rows(activity.uuid)).toBe(0)
    })

    test('rejects cross-site requests', async () => {
      const ben = await actors.join('ben')
      const activity = await ben.posts('hi')
      const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      for (const method of ['PUT', 'DELETE']) {
        expectErrors(await ben.send(method, path(activity.uuid), headers), 403, ['cross_origin'])
      }
      expect(await rows(activity.uuid)).toBe(0)
    })

    test('acts as the viewer, whatever the body says', async () => {
      const [anna, ben] = await users(site, 'anna', 'ben')
      const activity = await posts(anna, 'hi')
      expectStatus(await ben.put(path(activity.uuid), { user_uuid: anna.uuid, likes_count: 9 }), 200)
      expect(await handlesIn(anna, `/api/activities/${activity.uuid}/${table}`)).toEqual([ben.handle])
    })
  })
})

import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { deletes, follows, lists, mutes, posts, readPages, reads, uuidsIn } from '../../support/actors/actions.ts'
import { expireActivities, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site
const LAST_LIGHT = '/api/activities/last-light'

/** Sets the seconds that an activity has left. */
const setSecondsLeft = (uuid: string, seconds: number) =>
  db.sql(`update activities set expires_at = now() + $2::integer * interval '1 second' where uuid = $1`, [
    uuid,
    seconds,
  ])

describe('happy', () => {
  test('lists the soonest expiry first, and nothing expired', async () => {
    const [anna] = await users(site, 'anna')
    const activities: string[] = []
    for (const seconds of [3_000, 1_000, 2_000]) {
      const activity = await posts(anna, 'hi')
      await setSecondsLeft(activity.uuid, seconds)
      activities.push(activity.uuid)
    }
    const [third, first, second] = activities
    const ours = async () =>
      (await uuidsIn(actors.visitor(), `${LAST_LIGHT}?limit=100`)).filter((uuid) => activities.includes(uuid))
    expect(await ours()).toEqual([first, second, third])
    await expireActivities(db, first ?? '')
    await deletes(anna, { uuid: second ?? '' })
    expect(await ours()).toEqual([third])
  })

  test('lists everybody in one order, regardless of whom the viewer follows, in every page', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    await follows(anna, ben)
    const authors = [cleo, ben, anna, ben, cleo]
    const cruds: string[] = []
    for (const [index, author] of authors.entries()) {
      const { uuid } = await posts(author, 'hi')
      await setSecondsLeft(uuid, 600 - index)
      cruds.unshift(uuid)
    }
    for (const who of [anna, actors.visitor()]) {
      const listed = (await readPages(who, LAST_LIGHT, 2)).flat()
      expect(listed.filter((uuid) => cruds.includes(uuid))).toEqual(cruds)
      expect(new Set(listed).size).toBe(listed.length)
    }
    await mutes(anna, cleo)
    const unmuted = cruds.filter((_, index) => authors.at(-1 - index) !== cleo)
    expect((await readPages(anna, LAST_LIGHT, 2)).flat().filter((uuid) => cruds.includes(uuid))).toEqual(unmuted)
  })

  test('pages through activities that expire at the same time', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(anna, ben)
    const activities = []
    for (const index of Array(5).keys()) activities.push((await posts(ben, `${index}`)).uuid)
    await db.sql(`update activities set expires_at = now() + interval '30 seconds' where uuid = any($1::uuid[])`, [
      activities,
    ])
    const pages = await readPages(anna, LAST_LIGHT, 2)
    expect(pages.flat().slice(0, 5)).toEqual(activities.sort())
  })

  test('min_left leaves out activities with less time left', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    await follows(anna, ben)
    const [soon, late, stranger] = [await posts(ben, 'soon'), await posts(ben, 'late'), await posts(cleo, 'soon too')]
    for (const { uuid } of [soon, stranger]) await setSecondsLeft(uuid, 50)
    await setSecondsLeft(late.uuid, 100)
    const ours = async (query: string) =>
      (await uuidsIn(anna, `${LAST_LIGHT}?limit=100${query}`)).filter((uuid) =>
        [soon.uuid, late.uuid, stranger.uuid].includes(uuid),
      )
    expect(await ours('')).toEqual([soon.uuid, stranger.uuid, late.uuid])
    expect(await ours('&min_left=60')).toEqual([late.uuid])
    expect(await ours('&min_left=3600')).toEqual([])
  })

  test('the signed-out sidebar leaves out the last minute of an activity, which would expire the cached page', async () => {
    const [ben] = await users(site, 'ben')
    const anna = await actors.join('anna')
    const activity = await posts(ben, `soon ${crypto.randomUUID()}`)
    // The soonest of all, as the sidebar shows only three.
    await setSecondsLeft(activity.uuid, 15)
    expect((await anna.visits('/search')).text).toContain(activity.uuid)
    expect(expectStatus(await actors.visitor().visits('/search'), 200).text).not.toContain(activity.uuid)
    expect((await actors.visitor().visits('/?feed=last-light')).text).toContain(activity.uuid)
  })

  test('returns activities in the common shape', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(ben, 'hi')
    const listed = await lists(anna, `${LAST_LIGHT}?limit=100`)
    expect(listed.find(({ uuid }) => uuid === activity.uuid)).toEqual(activity)
  })
})

describe('error', () => {
  const uuid = '01a20dc2-7aaa-7389-b334-d306f5b17a26'
  test.each([
    'x',
    uuid,
    `0_2026-11-24T00:00:00.000000Z_${uuid}`,
    `2026-11-24T00:00:00Z_${uuid}`,
    `2026-13-41T25:61:61.000000Z_${uuid}`,
    `2026-02-30T00:00:00.000000Z_${uuid}`,
    `0000-01-01T00:00:00.000000Z_${uuid}`,
    '2026-11-24T00:00:00.000000Z_x',
    `2026-11-24T00:00:00.000000Z_${uuid}.${uuid}`,
    "2026-11-24T00:00:00.000000Z_'; drop table users; --",
  ])('rejects the cursor %j', async (cursor) => {
    expectErrors(await actors.visitor().get(`${LAST_LIGHT}?cursor=${encodeURIComponent(cursor)}`), 400, [
      { code: 'cursor_malformed', field: 'cursor' },
    ])
  })

  test.each(['-1', '1.5', '3601', 'x', ''])('rejects min_left=%j', async (seconds) => {
    expectErrors(await actors.visitor().get(`${LAST_LIGHT}?min_left=${seconds}`), 400, [
      { code: 'bad_request', field: 'min_left' },
    ])
  })

  test('a cursor of a signed-in viewer works signed out', async () => {
    const path = `${LAST_LIGHT}?cursor=2026-11-24T00:00:00.000000Z_${uuid}`
    expect(Array.isArray((await reads(actors.visitor(), path)).data)).toBe(true)
  })
})

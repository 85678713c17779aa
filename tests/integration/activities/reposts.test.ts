import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  deletes,
  follows,
  lists,
  posts,
  replies,
  reposts,
  unfollows,
  unreposts,
  uuidsIn,
} from '../../support/actors/actions.ts'
import { expireActivities, users } from '../../support/actors/many-users.ts'

const site = await openSite()
const { db } = site
const HOME = '/api/activities/home'

test('a repost shows the activity on the home of followers, with reposted_by', async () => {
  const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  await follows(cleo, ben)
  const activity = await posts(anna, 'hi')
  expect(await uuidsIn(cleo, HOME)).toEqual([])
  await reposts(ben, activity)
  const [item, ...rest] = await lists(cleo, HOME)
  expect(rest).toEqual([])
  expect(item).toMatchObject({ uuid: activity.uuid, reposts_count: 1, user: { handle: anna.handle } })
  expect(item.reposted_by).toEqual({ uuid: ben.uuid, handle: ben.handle, display_name: 'Ben', avatar_url: null })
})

test('shows once, by the latest followed reposter', async () => {
  const [anna, ben, cleo, dora] = await users(site, 'anna', 'ben', 'cleo', 'dora')
  await Promise.all([follows(dora, anna), follows(dora, ben), follows(dora, cleo)])
  const activity = await posts(anna, 'hi')
  const later = await posts(anna, 'later')
  await reposts(ben, activity)
  await reposts(cleo, activity)
  const items = await lists(dora, HOME)
  expect(items.map(({ uuid, reposted_by }) => [uuid, reposted_by?.handle])).toEqual([
    [activity.uuid, cleo.handle],
    [later.uuid, undefined],
  ])
})

test('undoing it returns the activity to its former position', async () => {
  const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  await Promise.all([follows(cleo, anna), follows(cleo, ben)])
  const activity = await posts(anna, 'hi')
  const later = await posts(anna, 'later')
  await reposts(ben, activity)
  expect(await uuidsIn(cleo, HOME)).toEqual([activity.uuid, later.uuid])
  await unreposts(ben, activity)
  const items = await lists(cleo, HOME)
  expect(items.map(({ uuid, reposted_by }) => [uuid, reposted_by])).toEqual([
    [later.uuid, undefined],
    [activity.uuid, undefined],
  ])
  await unfollows(cleo, anna)
  expect(await uuidsIn(cleo, HOME)).toEqual([])
})

test('shows on the reposter’s profile and home, without counting as their activity', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  await follows(ben, anna)
  const activity = await posts(anna, 'hi')
  await reposts(ben, activity)
  const [item] = await lists(anna, `/api/users/@${ben.handle}/activities`)
  expect(item).toMatchObject({ uuid: activity.uuid, reposted_by: { handle: ben.handle } })
  expect((await lists(ben, HOME))[0]).toMatchObject({ uuid: activity.uuid, reposted_by: { handle: ben.handle } })
  const { body } = await anna.get(`/api/users/@${ben.handle}`)
  expect(body.cruds_count).toBe(0)
})

test('does not change the position on everyone', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const activity = await posts(anna, 'hi')
  const later = await posts(anna, 'later')
  await reposts(ben, activity)
  const items = await lists(ben, '/api/activities/everyone')
  const ownItems = items.filter(({ uuid }) => [activity.uuid, later.uuid].includes(uuid))
  expect(ownItems.map(({ uuid, reposted_by }) => [uuid, reposted_by])).toEqual([
    [later.uuid, undefined],
    [activity.uuid, undefined],
  ])
})

test('a reposted reply shows on home as a reply', async () => {
  const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  await follows(cleo, ben)
  const reply = await replies(anna, await posts(anna, 'hi'), 'ho')
  await reposts(ben, reply)
  const [item] = await lists(cleo, HOME)
  expect(item).toMatchObject({ uuid: reply.uuid, reply_to_handle: anna.handle, reposted_by: { handle: ben.handle } })
})

test('reposting an own activity moves it to the top, once', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  await follows(ben, anna)
  const activity = await posts(anna, 'hi')
  const later = await posts(anna, 'later')
  await reposts(anna, activity)
  expect(await uuidsIn(ben, HOME)).toEqual([activity.uuid, later.uuid])
  expect(await uuidsIn(ben, `/api/users/@${anna.handle}/activities`)).toContain(activity.uuid)
})

describe('a repost disappears with its activity', () => {
  test.each(['expires', 'is deleted'])('when it %s', async (event) => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    await follows(cleo, ben)
    const activity = await posts(anna, 'hi')
    await reposts(ben, activity)
    if (event === 'expires') await expireActivities(db, activity.uuid)
    else await deletes(anna, activity)
    expect(await uuidsIn(cleo, HOME)).toEqual([])
    expect(await uuidsIn(cleo, `/api/users/@${ben.handle}/activities`)).toEqual([])
    const remaining = event === 'expires' ? 1 : 0
    expect(await db.sql('select from reposts where activity_uuid = $1', [activity.uuid])).toHaveLength(remaining)
  })
})

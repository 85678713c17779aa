import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  blocks,
  deletes,
  follows,
  mutes,
  posts,
  postsTo,
  reads,
  replies,
  unfollows,
} from '../../support/actors/actions.ts'
import { changesProfile } from '../../support/actors/change-profile.ts'
import { type ApiUser, expireActivities, manyUsers, users } from '../../support/actors/many-users.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db } = site

const arrivalOf = (who: ApiUser) => reads(who, '/api/arrival')
/** A suggested user of the viewer's; undefined if they are not suggested. */
const suggestionOf = async (who: ApiUser, { handle }: { handle: string }) =>
  (await arrivalOf(who)).people.find((person: { handle: string }) => person.handle === handle)

/** Users who have just posted, so that they are suggested first. */
async function authors(size: number): Promise<ApiUser[]> {
  const made = await manyUsers(site, size, 'author')
  for (const author of made) await posts(author, 'hello')
  return made
}

test('a new user gets people to follow, each with bio and newest crud', async () => {
  const [anna] = await users(site, 'anna')
  const [ben] = await authors(1)
  if (!ben) throw new Error('nobody')
  await changesProfile(ben, { bio: 'Tides, mud, birds.' })
  const latest = await posts(ben, 'the newest')
  expect(await suggestionOf(anna, ben)).toEqual({
    uuid: ben.uuid,
    handle: ben.handle,
    display_name: 'Author',
    avatar_url: null,
    viewer: { following: 'no' },
    bio: 'Tides, mud, birds.',
    latest: await reads(anna, `/api/activities/${latest.uuid}`).then(({ ancestors: _, ...activity }) => activity),
  })
  expect(await arrivalOf(anna)).toMatchObject({ following_count: 0, has_posted: false })
})

test('the newest crud is one that is live, for everyone, and no reply or repost', async () => {
  const [anna] = await users(site, 'anna')
  const [ben] = await authors(1)
  if (!ben) throw new Error('nobody')
  const first = await posts(ben, 'the first')
  const second = await posts(ben, 'the second')
  await replies(ben, first, 'a reply')
  await postsTo(ben, { audience: 'circle' }, 'for few')
  expect((await suggestionOf(anna, ben)).latest.message).toBe('the second')
  await deletes(ben, second)
  expect((await suggestionOf(anna, ben)).latest.message).toBe('the first')
  const rest = await db.sql<{ uuid: string }>('select uuid from activities where user_uuid = $1', [ben.uuid])
  await expireActivities(db, ...rest.map(({ uuid }) => uuid))
  expect((await suggestionOf(anna, ben)).latest).toBeNull()
})

test('muted, blocked and followed users are not suggested', async () => {
  const [anna] = await users(site, 'anna')
  const [ben, cleo, dora] = (await authors(3)) as [ApiUser, ApiUser, ApiUser]
  for (const author of [ben, cleo, dora]) expect(await suggestionOf(anna, author)).toBeDefined()
  await mutes(anna, ben)
  await blocks(cleo, anna)
  await follows(anna, dora)
  for (const author of [ben, cleo, dora]) expect(await suggestionOf(anna, author)).toBeUndefined()
})

describe('it ends', () => {
  test('people, once five are followed', async () => {
    const [anna] = await users(site, 'anna')
    const followed = await authors(7)
    for (const author of followed.slice(0, 4)) await follows(anna, author)
    expect((await arrivalOf(anna)).people.length).toBeGreaterThan(0)
    await follows(anna, followed[4] as ApiUser)
    expect(await arrivalOf(anna)).toEqual({ people: [], following_count: 5, has_posted: false })
    await unfollows(anna, followed[4] as ApiUser)
    expect((await arrivalOf(anna)).people.length).toBeGreaterThan(0)
  })

  test.each([
    ['crud', (who: ApiUser) => posts(who, 'my first')],
    ['reply', async (who: ApiUser) => replies(who, await posts((await authors(1))[0] as ApiUser, 'hi'), 'ho')],
  ])('the hint, with the first %s, also after that has expired', async (_, says) => {
    const [anna] = await users(site, 'anna')
    const said = await says(anna)
    expect((await arrivalOf(anna)).has_posted).toBe(true)
    await expireActivities(db, said.uuid)
    expect((await arrivalOf(anna)).has_posted).toBe(true)
  })

  test('all of it, when it is dismissed, as often as one likes', async () => {
    const [anna] = await users(site, 'anna')
    await authors(1)
    for (const _ of [1, 2]) expectStatus(await anna.delete('/api/arrival'), 204)
    expect(await arrivalOf(anna)).toEqual({ people: [], following_count: 0, has_posted: true })
  })
})

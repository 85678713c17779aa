import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { follows, posts, readPages, reposts, uuidsIn } from '../../support/actors/actions.ts'
import { expireActivities, users } from '../../support/actors/many-users.ts'
import { expectErrors } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db } = site
const HOME = '/api/activities/home'

/** Makes Anna, who follows Cleo and Ben; Ben has six activities. */
async function makeHomeFixture() {
  const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  await follows(anna, ben)
  await follows(anna, cleo)
  const activities: string[] = []
  for (const word of ['one', 'two', 'three', 'four', 'five', 'six']) activities.unshift((await posts(ben, word)).uuid)
  return { anna, ben, cleo, activities: activities }
}

test('an activity reposted during a read keeps its place in that read, and is first in the next', async () => {
  const { anna, cleo, activities } = await makeHomeFixture()
  const oldest = activities.at(-1) ?? ''
  const pages = await readPages(anna, HOME, 2, async (pagesRead) => {
    if (pagesRead.length === 1) await reposts(cleo, { uuid: oldest })
  })
  expect(pages.flat()).toEqual(activities)
  expect((await uuidsIn(anna, HOME))[0]).toBe(oldest)
})

test('an activity reposted before the read comes once, first', async () => {
  const { anna, cleo, activities } = await makeHomeFixture()
  const oldest = activities.at(-1) ?? ''
  await reposts(cleo, { uuid: oldest })
  expect((await readPages(anna, HOME, 2)).flat()).toEqual([oldest, ...activities.slice(0, -1)])
})

test('an activity posted during a read appears in the next', async () => {
  const { anna, ben, activities } = await makeHomeFixture()
  const pages = await readPages(anna, HOME, 2, async () => {
    await posts(ben, 'more')
  })
  expect(pages.flat()).toEqual(activities)
})

test('activities that expire during a read are left out, even the one of the cursor, and no others', async () => {
  const { anna, activities } = await makeHomeFixture()
  const pages = await readPages(anna, HOME, 2, async (pagesRead) => {
    if (pagesRead.length === 1) await expireActivities(db, activities[1] ?? '', activities[2] ?? '')
  })
  expect(pages.flat()).toEqual([activities[0], activities[1], activities[3], activities[4], activities[5]])
})

test('a malformed cursor answers 400', async () => {
  const { anna, activities } = await makeHomeFixture()
  for (const cursor of [
    'x',
    activities[0],
    `${activities[0]}.x`,
    `${activities[0]}.${activities[1]}.${activities[2]}`,
  ]) {
    expectErrors(await anna.get(`${HOME}?cursor=${cursor}`), 400, [{ code: 'cursor_malformed', field: 'cursor' }])
  }
})

import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { follows, posts, readPages, reposts, uuidsIn } from '../../support/actors/actions.ts'
import { expireActivities, users } from '../../support/actors/many-users.ts'
import { expectErrors } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db } = site
const HOME = '/api/activities/home'

/** Anna follows Ben, who has said six things, and Cleo. */
async function scene() {
  const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  await follows(anna, ben)
  await follows(anna, cleo)
  const said: string[] = []
  for (const word of ['one', 'two', 'three', 'four', 'five', 'six']) said.unshift((await posts(ben, word)).uuid)
  return { anna, ben, cleo, said }
}

test('what is reposted while one reads stays where it was in this read, and is on top of the next', async () => {
  const { anna, cleo, said } = await scene()
  const oldest = said.at(-1) ?? ''
  const pages = await readPages(anna, HOME, 2, async (read) => {
    if (read.length === 1) await reposts(cleo, { uuid: oldest })
  })
  expect(pages.flat()).toEqual(said)
  expect((await uuidsIn(anna, HOME))[0]).toBe(oldest)
})

test('what was reposted before the read comes once, on top', async () => {
  const { anna, cleo, said } = await scene()
  const oldest = said.at(-1) ?? ''
  await reposts(cleo, { uuid: oldest })
  expect((await readPages(anna, HOME, 2)).flat()).toEqual([oldest, ...said.slice(0, -1)])
})

test('what is said while one reads waits for the next read', async () => {
  const { anna, ben, said } = await scene()
  const pages = await readPages(anna, HOME, 2, async () => {
    await posts(ben, 'more')
  })
  expect(pages.flat()).toEqual(said)
})

test('what ends while one reads is left out, and nothing else, the last item read included', async () => {
  const { anna, said } = await scene()
  const pages = await readPages(anna, HOME, 2, async (read) => {
    if (read.length === 1) await expireActivities(db, said[1] ?? '', said[2] ?? '')
  })
  expect(pages.flat()).toEqual([said[0], said[1], said[3], said[4], said[5]])
})

test('the cursor is one of ours', async () => {
  const { anna, said } = await scene()
  for (const cursor of ['x', said[0], `${said[0]}.x`, `${said[0]}.${said[1]}.${said[2]}`]) {
    expectErrors(await anna.get(`${HOME}?cursor=${cursor}`), 400, [{ code: 'cursor_malformed', field: 'cursor' }])
  }
})

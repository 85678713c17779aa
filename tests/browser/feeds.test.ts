import { expect, test } from 'vitest'
import type { Client } from '../harness/client.ts'
import { openSite } from '../harness/site.ts'
import { follows, likes, posts, replies, reposts } from '../support/actors/actions.ts'
import { expireActivities, postsMany, users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { uniqueText, visibleTexts } from './support/page-actions.ts'
import { overflowingElements } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

test.each(WITH_AND_WITHOUT_SCRIPT)('%s: a profile has tabs for cruds, replies and likes', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'ben', 'cleo')
  const [own, reply, reposted, liked] = [
    uniqueText('Own'),
    uniqueText('Answer'),
    uniqueText('Passed on'),
    uniqueText('Liked'),
  ]
  const all = [own, reply, reposted, liked]
  const [repostedActivity, likedActivity] = [await posts(cleo, reposted), await posts(cleo, liked)]
  await posts(ben, own)
  await replies(ben, repostedActivity, reply)
  await reposts(ben, repostedActivity)
  await likes(ben, likedActivity)

  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, `/@${ben.handle}`, scripted)
  const tabs = tab.main.getByRole('navigation', { name: 'Parts of the profile' })
  const current = tabs.getByRole('link').and(tab.page.locator('[aria-current=page]'))
  await expect.poll(() => visibleTexts(tab, all)).toEqual([reposted, own])
  await tab.sees(tab.crud(reposted).getByText('Ben reposted'))
  for (const [name, shown] of [
    ['Replies', [reply]],
    ['Likes', [liked]],
    ['Cruds', [reposted, own]],
  ] as const) {
    await tabs.getByRole('link', { name, exact: true }).click()
    await expect.poll(() => current.textContent()).toBe(name)
    await expect.poll(() => visibleTexts(tab, all)).toEqual(shown)
  }

  await opensPage(tab, `/@${anna.handle}`, scripted)
  await tab.sees('Nothing is burning here. Light the first one.')
  await tabs.getByRole('link', { name: 'Replies' }).click()
  await tab.sees('None of your replies are burning now.')
  await tabs.getByRole('link', { name: 'Likes' }).click()
  await tab.sees('Nothing you’ve liked is burning now.')
})

const MANY = 45
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `Number ${count - i}.`)

/** Posts "Number 1." to "Number 45."; returns the activities, oldest first. */
async function postsNumbered(who: Client) {
  const created = []
  for (let i = 1; i <= MANY; i += 1) created.push(await posts(who, `Number ${i}.`))
  return created
}

const numbersIn = (tab: Tab) => tab.main.getByText(/^Number \d+\.$/).allTextContents()

test('scrolling loads older cruds without repeats while the feed changes; Back restores the scroll position', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  const created = await postsNumbered(ben)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  expect(await numbersIn(tab)).toEqual(numbered(MANY).slice(0, 20))

  // Between two pages one is posted, one expires, and an old one is reposted.
  await posts(ben, 'Later than all of them.')
  await expireActivities(site.db, created[4]?.uuid ?? '')
  await reposts(ben, created[9] as { uuid: string })
  const expected = numbered(MANY).filter((text) => text !== 'Number 5.')
  const last = tab.main.getByRole('article').last()
  const more = tab.main.getByRole('link', { name: /^(Older cruds|Loading …)$/ })
  while ((await more.count()) > 0) await last.scrollIntoViewIfNeeded()
  expect(await numbersIn(tab)).toEqual(expected)
  expect(await last.getAttribute('aria-setsize')).toBe(String(expected.length))

  const target = 'Number 7.'
  // Scrolls to it, and waits until it moves no more.
  await tab.crud(target).getByRole('link', { name: 'Open,' }).hover()
  const before = await tab.page.evaluate(() => Math.round(window.scrollY))
  expect(before).toBeGreaterThan(3_000)
  await opensCrud(tab, target)
  await tab.page.goBack()
  await tab.sees(tab.field('Your crud'))
  await expect.poll(() => tab.page.evaluate(() => Math.round(window.scrollY))).toBe(before)
  await expect.poll(() => numbersIn(tab)).toEqual(expected)
})

test('without script, links lead to older cruds page by page, without repeats', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  await postsNumbered(ben)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  const shown = await numbersIn(tab)
  const more = tab.main.getByRole('link', { name: 'Older cruds' })
  while ((await more.count()) > 0) {
    expect(await more.getAttribute('href')).toMatch(/^\/\?cursor=[\w.-]+$/)
    expect(await more.getAttribute('rel')).toBe('next')
    await more.click()
    await tab.comesTo(/^\/\?cursor=/)
    await posts(ben, 'Later than all of them.')
    shown.push(...(await numbersIn(tab)))
  }
  expect(shown).toEqual(numbered(MANY))
})

test.each([320, 360])(
  'at %i px five actions with large counts fit on one line, and nothing overflows',
  async (width) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    const crud = await posts(anna, uniqueText('Known all over'))
    await replies(ben, crud, 'Even here.')
    await Promise.all([likes(anna, crud), reposts(anna, crud)])
    await site.db.sql('update activities set likes_count = 888000, reposts_count = 888000 where uuid = $1', [crud.uuid])
    const tab = await browser.tab({ as: anna, viewport: { width, height: 740 } })
    const signedOut = await browser.tab({ viewport: { width, height: 740 }, javaScriptEnabled: false })
    for (const path of [`/@${anna.handle}`, `/@${anna.handle}/status/${crud.uuid}`]) {
      await tab.opens(path)
      await tab.sees(tab.crud(crud.message).getByRole('button', { name: 'Like, 888K', pressed: true }))
      const actions = tab.crud(crud.message).first().locator('.actions')
      expect(await actions.evaluate((list) => list.getBoundingClientRect().height), path).toBe(44)
      expect(await overflowingElements(tab), path).toEqual([])
      await signedOut.visits(path)
      expect(await overflowingElements(signedOut), path).toEqual([])
    }
  },
)

test('a crud that script rendered far from its expiry runs no animation, and still expires', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  const texts = Array.from({ length: 25 }, (_, i) => `Number ${i + 1}.`)
  const [oldest, second] = (await postsMany(site, ben, texts)).reverse()
  await site.db.sql(`update activities set expires_at = created_at + interval '2 hours' where uuid = $1`, [second])
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.page.clock.install()
  await tab.opens('/')
  await tab.crud('Number 6.').scrollIntoViewIfNeeded()
  await tab.sees(tab.crud('Number 1.'))
  const moving = (text: string) => tab.crud(text).evaluate((crud) => crud.getAnimations({ subtree: true }).length)
  expect(await moving('Number 24.')).toBeGreaterThan(0)
  // The browser renders it once it is near.
  await expect.poll(() => moving('Number 2.')).toBeGreaterThan(0)
  expect(await moving('Number 1.')).toBe(0)
  await tab.page.clock.fastForward(25 * 3_600_000)
  await expect.poll(() => tab.page.locator(`[id="${oldest}"]`).count()).toBe(0)
})

test('a long list skips the rendering of groups of rows that are far from view, until they come near', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  await postsMany(
    site,
    ben,
    Array.from({ length: 100 }, (_, i) => `Number ${i + 1}.`),
  )
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const more = tab.main.getByRole('link', { name: /^(Older cruds|Loading …)$/ })
  while ((await more.count()) > 0) await tab.main.getByRole('article').last().scrollIntoViewIfNeeded()
  const renderedCounts = () =>
    tab.page
      .locator('.window')
      .evaluateAll((groups) =>
        groups.map(
          ({ children }) =>
            [...children].filter((crud) => crud.checkVisibility({ contentVisibilityAuto: true })).length,
        ),
      )
  const some = expect.any(Number)
  // The first rows are always laid out; of the others only those near the viewport.
  await expect.poll(renderedCounts).toEqual([4, 0, 0, 0, 0, 0, 0, 0, some, some, 10, 8])
  await tab.page.evaluate(() => window.scrollTo(0, 0))
  await expect.poll(renderedCounts).toEqual([4, some, some, some, some, some, 0, 0, 0, 0, 0, 0])
  await tab.crud('Number 60.').scrollIntoViewIfNeeded()
  await expect.poll(async () => (await renderedCounts())[5]).toBe(10)
})

import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, likes, posts } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { type ApiUser, postsMany, users } from '../support/actors/many-users.ts'
import { expectStatus } from '../support/assertions/expect-answer.ts'
import { setExpiry } from '../support/fixtures/set-expiry.ts'
import { recordAnnouncements } from './support/announcements.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { pressesKeys, seesFocus } from './support/keyboard.ts'
import { refocusesTab } from './support/navigation.ts'
import { seesSaved } from './support/page-actions.ts'
import { axeViolations, overflowingElements } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const SIZES = [
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
] as const

/** Makes Anna, who has dismissed the suggestions above the feed and follows Ben, who posted `count` activities a minute ago. */
async function makeFollower(count: number): Promise<{ anna: Actor; ben: ApiUser }> {
  const anna = await site.actors.join('anna')
  // They would show the same texts, of the users of other tests.
  expectStatus(await anna.delete('/api/arrival'), 204)
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  await postsMany(site, ben, ascending(1, count), 60)
  return { anna, ben }
}

const ascending = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `Number ${from + i}.`)
const descending = (from: number, to: number) => ascending(to, from).reverse()
const shownNumbers = (tab: Tab) => tab.main.getByText(/^Number \d+\.$/).allTextContents()
const newPostsButton = (tab: Tab) => tab.main.getByRole('button', { name: /new cruds?$/ })
const scrollTop = (tab: Tab) => tab.page.evaluate(() => Math.round(window.scrollY))
const topOf = (tab: Tab, text: string) =>
  tab.crud(text).evaluate((element) => Math.round(element.getBoundingClientRect().top))

/** Refocuses the tab, which makes it poll, until the button has this label. */
const seesNewPosts = (tab: Tab, label: string) =>
  expect
    .poll(async () => {
      await refocusesTab(tab)
      return newPostsButton(tab).allTextContents()
    })
    .toEqual([label])

test.for(SIZES)('on %s: new posts are counted without moving the page, and shown on a press', async ([, viewport]) => {
  const { anna, ben } = await makeFollower(30)
  const tab = await browser.tab({ as: anna, viewport })
  await tab.page.clock.install()
  await tab.opens('/')
  const announced = await recordAnnouncements(tab)
  const read = 'Number 24.'
  await tab.crud(read).evaluate((element) => element.scrollIntoView())
  const [scroll, top] = [await scrollTop(tab), await topOf(tab, read)]
  expect(scroll).toBeGreaterThan(500)
  expect(await newPostsButton(tab).count()).toBe(0)

  await postsMany(site, ben, ascending(31, 33))
  await posts(anna, 'Said elsewhere by herself.')
  await seesNewPosts(tab, '3 new cruds')
  expect([await scrollTop(tab), await topOf(tab, read)]).toEqual([scroll, top])
  expect(await newPostsButton(tab).evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(100)
  await expect.poll(announced).toEqual(['3 new cruds'])

  // A new post that expires before it is seen is not counted; the count is announced at most once a minute.
  const expiring = await posts(ben, 'Expires before it was seen.')
  await setExpiry(site.db, [expiring.uuid], 30)
  await posts(ben, 'Number 34.')
  await seesNewPosts(tab, '5 new cruds')
  await tab.page.clock.fastForward(30_000)
  await tab.sees('4 new cruds')
  expect(await announced()).toEqual(['3 new cruds'])

  expect([...(await axeViolations(tab)), ...(await overflowingElements(tab))]).toEqual([])
  await (viewport === PHONE ? newPostsButton(tab).click() : pressesKeys(tab, '.'))
  await seesFocus(tab.crud('Number 34.'))
  await tab.doesNotSee(newPostsButton(tab))
  await expect.poll(() => scrollTop(tab)).toBe(0)
  expect(await tab.crud('Number 34.').evaluate((element) => element.getBoundingClientRect().bottom < innerHeight)).toBe(
    true,
  )
  expect((await shownNumbers(tab)).slice(0, 24)).toEqual(descending(34, 11))
  expect(await tab.crud('Said elsewhere by herself.').count()).toBe(1)
})

test.for(SIZES)('on %s: more than a page of new posts replaces the list without a gap', async ([, viewport]) => {
  const { anna, ben } = await makeFollower(30)
  const tab = await browser.tab({ as: anna, viewport })
  await tab.opens('/')
  const last = tab.main.getByRole('article').last()
  const more = tab.main.getByRole('link', { name: /^(Older cruds|Loading …)$/ })
  const scrollToEnd = async () => {
    while ((await more.count()) > 0) await last.scrollIntoViewIfNeeded()
  }
  await scrollToEnd()
  await postsMany(site, ben, ascending(31, 55))
  // The own new post goes on top at once, and must not hide the new posts of others.
  await tab.fills({ 'Your crud': 'Said from here.' })
  await tab.presses('Crud')
  await seesSaved(tab, 'Said from here.')
  await seesNewPosts(tab, '19+ new cruds')
  await newPostsButton(tab).click()
  await seesFocus(tab.crud('Number 55.'))
  await scrollToEnd()
  expect(await shownNumbers(tab)).toEqual(descending(55, 1))
  expect(await tab.crud('Said from here.').count()).toBe(1)
})

test('on a phone: a press leads a new user past the suggestions above the feed', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'ben', 'cleo')
  await follows(anna, ben)
  await postsMany(site, ben, ascending(1, 3), 60)
  await posts(cleo, 'Follow me.')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await tab.sees(tab.main.getByRole('region', { name: 'Find people to follow' }))
  await posts(ben, 'Number 4.')
  await seesNewPosts(tab, '1 new crud')
  await newPostsButton(tab).click()
  await seesFocus(tab.crud('Number 4.'))
  const bottom = await tab.crud('Number 4.').evaluate((element) => innerHeight - element.getBoundingClientRect().bottom)
  expect(bottom).toBeGreaterThan(0)
})

test('the counts of visible cruds are refreshed, and a like meanwhile counts once', async () => {
  const { anna, ben } = await makeFollower(3)
  const [cleo] = await users(site, 'cleo')
  const [crud, other] = (await ben.get(`/api/users/@${ben.handle}/activities`)).body.data
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const named = (name: string) => tab.crud(crud.message).getByRole('button', { name, exact: true })
  await tab.sees(named('Like'))
  const top = await topOf(tab, other.message)
  await likes(cleo, crud)
  await expect
    .poll(async () => {
      await refocusesTab(tab)
      return named('Like, 1').count()
    })
    .toBe(1)
  await named('Like, 1').click()
  await tab.sees(named('Like, 2'))
  await refocusesTab(tab)
  await likes(ben, other)
  await expect
    .poll(async () => {
      await refocusesTab(tab)
      return tab.crud(other.message).getByRole('button', { name: 'Like, 1', exact: true }).count()
    })
    .toBe(1)
  expect(await named('Like, 2').getAttribute('aria-pressed')).toBe('true')
  expect(await topOf(tab, other.message)).toBe(top)
})

/** A poll, with the page's own times: those of the test are later on a slow machine. */
type Poll = { sent: number; answered?: number; status?: number }

/** Records the polls of a feed from the next document on; returns a function that reads them, oldest first. */
async function recordPolls(tab: Tab, path: string): Promise<() => Promise<Poll[]>> {
  await tab.page.addInitScript((path) => {
    const polls: Poll[] = []
    const siteFetch = window.fetch
    const recordingFetch: typeof fetch = async (input, init) => {
      if (!(input instanceof Request) || new URL(input.url).pathname !== path) return siteFetch(input, init)
      const poll: Poll = { sent: Date.now() }
      polls.push(poll)
      const response = await siteFetch(input, init)
      Object.assign(poll, { answered: Date.now(), status: response.status })
      return response
    }
    Object.assign(window, { polls, fetch: recordingFetch })
  }, path)
  return () => tab.page.evaluate(() => (window as unknown as { polls: Poll[] }).polls)
}

test('polls every 15 s while the tab is visible, with the ETag, and respects Retry-After', async () => {
  const { anna, ben } = await makeFollower(1)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const polls = await recordPolls(tab, '/api/activities/everyone')
  await tab.page.clock.install()
  await tab.opens('/?feed=everyone')
  await tab.page.locator('.new-items').waitFor({ state: 'attached' })
  /** Lets time pass until the latest poll is answered with this status. */
  const polledWith = (status: number) =>
    expect
      .poll(async () => {
        await tab.page.clock.runFor(10_000)
        return (await polls()).at(-1)?.status
      })
      .toBe(status)
  /** The seconds between the last poll and the answer to the one before. */
  const secondsBetweenPolls = async () => {
    const [before, last] = (await polls()).slice(-2)
    return ((last?.sent ?? 0) - (before?.answered ?? 0)) / 1_000
  }
  const setVisibility = (visibility: 'hidden' | 'visible') =>
    tab.page.evaluate((visibilityState) => {
      Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true })
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    }, visibility)

  await polledWith(200)
  await polledWith(304)
  expect(await secondsBetweenPolls()).toBeGreaterThanOrEqual(15)

  await setVisibility('hidden')
  const { length } = await polls()
  await tab.page.clock.fastForward(300_000)
  expect(await polls()).toHaveLength(length)
  await setVisibility('visible')
  await expect.poll(polls).toHaveLength(length + 1)
  await polledWith(304)

  for (const status of [429, 503]) {
    tab.expects(status)
    await tab.page.route('**/api/activities/everyone', (route) =>
      route.fulfill({ status, headers: { 'retry-after': '90' }, json: { errors: [{ code: 'rate_limited' }] } }),
    )
    await polledWith(status)
    await tab.page.unroute('**/api/activities/everyone')
    await polledWith(304)
    expect(await secondsBetweenPolls()).toBeGreaterThanOrEqual(90)
  }
  await posts(ben, 'Number 2.')
  await polledWith(200)
  await tab.sees('1 new crud')
})

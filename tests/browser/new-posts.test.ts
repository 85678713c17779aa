import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, likes, posts } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { type ApiUser, postsMany, users } from '../support/actors/many-users.ts'
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

/** Somebody who follows a person that has said so many things, a while ago. */
async function reader(count: number): Promise<{ anna: Actor; ben: ApiUser }> {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  await postsMany(site, ben, up(1, count), 60)
  return { anna, ben }
}

const up = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `Number ${from + i}.`)
const down = (from: number, to: number) => up(to, from).reverse()
const numbersIn = (tab: Tab) => tab.main.getByText(/^Number \d+\.$/).allTextContents()
const button = (tab: Tab) => tab.main.getByRole('button', { name: /new cruds?$/ })
const scrollOf = (tab: Tab) => tab.page.evaluate(() => Math.round(window.scrollY))
const topOf = (tab: Tab, text: string) =>
  tab.crud(text).evaluate((element) => Math.round(element.getBoundingClientRect().top))

/** Turns to the tab again and again until it says this of what is new. */
const comesToSay = (tab: Tab, words: string) =>
  expect
    .poll(async () => {
      await refocusesTab(tab)
      return button(tab).allTextContents()
    })
    .toEqual([words])

/** How often the voice of the page says that something is new. */
async function hears(tab: Tab): Promise<() => Promise<string[]>> {
  const voice = tab.page.locator('p.hidden[role=status]').last()
  await voice.waitFor({ state: 'attached' })
  await voice.evaluate((element) => {
    const heard: string[] = []
    Object.assign(window, { heard })
    new MutationObserver(() => heard.push(element.textContent ?? '')).observe(element, {
      childList: true,
      subtree: true,
    })
  })
  return () => tab.page.evaluate(() => (window as unknown as { heard: string[] }).heard)
}

test.for(SIZES)('on %s: what has come is counted, moves nothing, and is shown on a press', async ([, viewport]) => {
  const { anna, ben } = await reader(30)
  const tab = await browser.tab({ as: anna, viewport })
  await tab.opens('/')
  const heard = await hears(tab)
  const read = 'Number 24.'
  await tab.crud(read).evaluate((element) => element.scrollIntoView())
  const [scroll, top] = [await scrollOf(tab), await topOf(tab, read)]
  expect(scroll).toBeGreaterThan(500)
  expect(await button(tab).count()).toBe(0)

  await postsMany(site, ben, up(31, 33))
  await posts(anna, 'Said elsewhere by herself.')
  await comesToSay(tab, '3 new cruds')
  expect([await scrollOf(tab), await topOf(tab, read)]).toEqual([scroll, top])
  expect(await button(tab).evaluate((it) => it.getBoundingClientRect().top)).toBeLessThan(100)
  await expect.poll(heard).toEqual(['3 new cruds'])

  // One burns out unseen, another comes: it counts no more, and nothing more is said within the minute.
  const gone = await posts(ben, 'Gone before it was seen.')
  await site.db.sql(
    `update activities set created_at = now() - interval '1 day', expires_at = clock_timestamp() + interval '3 seconds'
     where uuid = $1`,
    [gone.uuid],
  )
  await posts(ben, 'Number 34.')
  await comesToSay(tab, '5 new cruds')
  await tab.sees('4 new cruds')
  expect(await heard()).toEqual(['3 new cruds'])

  expect([...(await axeViolations(tab)), ...(await overflowingElements(tab))]).toEqual([])
  await (viewport === PHONE ? button(tab).click() : pressesKeys(tab, '.'))
  await seesFocus(tab.crud('Number 34.'))
  await tab.doesNotSee(button(tab))
  expect(await scrollOf(tab)).toBe(0)
  expect(await tab.crud('Number 34.').evaluate((it) => it.getBoundingClientRect().bottom < innerHeight)).toBe(true)
  expect((await numbersIn(tab)).slice(0, 24)).toEqual(down(34, 11))
  expect(await tab.crud('Said elsewhere by herself.').count()).toBe(1)
})

test.for(SIZES)(
  'on %s: more than a page has come: it takes the list’s place, and no hole is left',
  async ([, viewport]) => {
    const { anna, ben } = await reader(30)
    const tab = await browser.tab({ as: anna, viewport })
    await tab.opens('/')
    const last = tab.main.getByRole('article').last()
    const more = tab.main.getByRole('link', { name: /^(Older cruds|Loading …)$/ })
    const toTheEnd = async () => {
      while ((await more.count()) > 0) await last.scrollIntoViewIfNeeded()
    }
    await toTheEnd()
    await postsMany(site, ben, up(31, 55))
    // One's own is put on top from here, and hides none of those that came before it.
    await tab.fills({ 'Your crud': 'Said from here.' })
    await tab.presses('Crud')
    await seesSaved(tab, 'Said from here.')
    await comesToSay(tab, '19+ new cruds')
    await button(tab).click()
    await seesFocus(tab.crud('Number 55.'))
    await toTheEnd()
    expect(await numbersIn(tab)).toEqual(down(55, 1))
    expect(await tab.crud('Said from here.').count()).toBe(1)
  },
)

test('counts of what is on screen are renewed, and a press meanwhile counts once', async () => {
  const { anna, ben } = await reader(3)
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

test('it is asked for every 30 s while it is seen, by its tag, and as late as the server wants', async () => {
  const { anna, ben } = await reader(1)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const answers: number[] = []
  tab.page.on('response', (response) => {
    if (new URL(response.url()).pathname === '/api/activities/everyone') answers.push(response.status())
  })
  await tab.page.clock.install()
  await tab.opens('/?feed=everyone')
  await tab.page.locator('.newcomers').waitFor({ state: 'attached' })
  /** Lets time pass until it has been asked for once more; how much has passed, in seconds. */
  const nextAfter = async () => {
    const before = answers.length
    let passed = 0
    await expect
      .poll(async () => {
        await tab.page.clock.fastForward(2_000)
        passed += 2
        return answers.length
      })
      .toBe(before + 1)
    return passed
  }
  const seen = (visibility: 'hidden' | 'visible') =>
    tab.page.evaluate((visibilityState) => {
      Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true })
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    }, visibility)

  expect(await nextAfter()).toBeGreaterThanOrEqual(30)
  expect(await nextAfter()).toBeGreaterThanOrEqual(30)
  expect(answers).toEqual([200, 304])

  await seen('hidden')
  await tab.page.clock.fastForward(300_000)
  expect(answers).toHaveLength(2)
  await seen('visible')
  await expect.poll(() => answers).toEqual([200, 304, 304])

  for (const status of [429, 503]) {
    tab.expects(status)
    await tab.page.route('**/api/activities/everyone', (route) =>
      route.fulfill({ status, headers: { 'retry-after': '90' }, json: { errors: [{ code: 'rate_limited' }] } }),
    )
    await nextAfter()
    await tab.page.unroute('**/api/activities/everyone')
    expect(await nextAfter()).toBeGreaterThanOrEqual(88)
  }
  await posts(ben, 'Number 2.')
  await nextAfter()
  await tab.sees('1 new crud')
})

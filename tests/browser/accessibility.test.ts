import type { RunOptions } from 'axe-core'
import { beforeAll, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { examplesOf, makePageFixture, PAGES, type PageFixture } from '../support/fixtures/page-examples.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { pressesKeys } from './support/keyboard.ts'
import { problemsInLargeText } from './support/large-text.ts'
import { axeViolations, overflowingElements, smallTouchTargets } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

let fixture: PageFixture
beforeAll(async () => {
  fixture = await makePageFixture(site)
})

const DARK = { colorScheme: 'dark', forcedColors: 'none' } as const
const LIGHT = { colorScheme: 'light', forcedColors: 'none' } as const
const FORCED_COLOURS = { colorScheme: 'dark', forcedColors: 'active' } as const
const CONTRAST_ONLY: RunOptions = { runOnly: ['color-contrast'] }

/** All rules of axe at each width, and contrast, the only rule that looks at colours, in each colour scheme. */
const LOOKS = [
  ['dark', PHONE, DARK, {}],
  ['light', DESKTOP, LIGHT, {}],
  ['forced colours', PHONE, FORCED_COLOURS, CONTRAST_ONLY],
  ['light', PHONE, LIGHT, CONTRAST_ONLY],
  ['dark', DESKTOP, DARK, CONTRAST_ONLY],
] as const

/** Narrow viewports: the smallest phone, a usual one, and a desktop zoomed to 200 %. */
const NARROW = [{ width: 320, height: 568 }, PHONE, { width: DESKTOP.width / 2, height: DESKTOP.height / 2 }]

/** All accessibility problems of the open page, in every colour scheme and width. */
async function problemsOn(tab: Tab): Promise<string[]> {
  const problems: string[] = []
  for (const [look, viewport, media, options] of LOOKS) {
    await tab.page.setViewportSize(viewport)
    await tab.page.emulateMedia(media)
    problems.push(...(await axeViolations(tab, options)).map((finding) => `${look}, ${viewport.width} px: ${finding}`))
  }
  await tab.page.setViewportSize(PHONE)
  await tab.page.emulateMedia(DARK)
  problems.push(...(await smallTouchTargets(tab)).map((target) => `too small: ${target}`))
  for (const viewport of NARROW) {
    await tab.page.setViewportSize(viewport)
    problems.push(...(await overflowingElements(tab)).map((element) => `no room at ${viewport.width} px: ${element}`))
  }
  return problems
}

test('every page has an example', () => {
  expect(PAGES.filter((page) => examplesOf(page, fixture).length === 0)).toEqual([])
})

/** Paths that only take a form, and that of somebody without a handle, which has a test of its own: others are redirected. */
const REDIRECTS = new Set([
  '/welcome',
  '/arrival',
  '/:at_handle/follow',
  '/:at_handle/mute',
  '/:at_handle/status/:uuid/like',
  '/:at_handle/status/:uuid/repost',
])

test.for(PAGES)(
  '%s, signed out and in: has no accessibility violation, small target or overflow, also with text at 200 %',
  async (page) => {
    const viewers = [
      [undefined, await browser.tab()],
      [fixture.anna, await browser.tab({ as: fixture.anna })],
    ] as const
    let checkedCount = 0
    for (const path of examplesOf(page, fixture)) {
      for (const [actor, tab] of viewers) {
        const { status } = await (actor ?? site.actors.visitor()).visits(path)
        // It redirects to another page, which has its own test.
        if (status >= 300 && status < 400) continue
        await tab.visits(path, status)
        if (actor) await tab.waitsForHydration()
        const problems = await problemsOn(tab)
        await tab.page.setViewportSize(PHONE)
        problems.push(...(await problemsInLargeText(tab)).map((problem) => `text at 200 %: ${problem}`))
        expect(problems, `${path}, signed ${actor ? 'in' : 'out'}`).toEqual([])
        expect(await tab.page.title(), path).toMatch(/. · Cruddur$/)
        checkedCount += 1
      }
    }
    expect(checkedCount === 0, 'redirects').toBe(REDIRECTS.has(page))
  },
)

test('menus, dialogs and form errors have no accessibility violation', async () => {
  const phone = await browser.tab({ as: fixture.anna, viewport: PHONE })
  await phone.opens('/')
  await phone.opensPhoneMenu()
  expect(await axeViolations(phone)).toEqual([])
  expect(await smallTouchTargets(phone)).toEqual([])

  const tab = await browser.tab({ as: fixture.anna })
  await tab.opens(`/@${fixture.ben.handle}`)
  await tab.main.getByLabel(`More about @${fixture.ben.handle}`).click()
  expect(await problemsOn(tab)).toEqual([])
  await tab.page.locator('.shortcut-sheet').waitFor({ state: 'attached' })
  await pressesKeys(tab, 'Escape', '?')
  await tab.page.getByRole('dialog').waitFor()
  expect(await problemsOn(tab)).toEqual([])

  const signUp = await browser.tab()
  await signUp.visits('/signup')
  signUp.expects(422)
  await signUp.presses('Join')
  await signUp.sees('Enter your password.')
  expect(await problemsOn(signUp)).toEqual([])
})

test('the page to pick a handle has no accessibility violation', async () => {
  const [slow, fast] = [site.actors.unregistered('slow'), site.actors.unregistered('fast')]
  fast.details.handle = slow.handle
  await slow.signsUp()
  await fast.signsUp()
  await fast.confirms()
  const tab = await browser.tab()
  await tab.visits(`/confirm?email=${encodeURIComponent(slow.email)}`)
  await tab.fills({ Code: slow.code, Password: slow.details.password })
  await tab.presses('Confirm')
  await tab.sees(tab.heading('Pick a handle'))
  expect(tab.path).toMatch(/^\/welcome/)
  expect([...(await problemsOn(tab)), ...(await problemsInLargeText(tab))]).toEqual([])
})

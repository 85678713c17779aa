import { beforeAll, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { makePageFixture, type PageFixture } from '../support/fixtures/page-examples.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { movesAnimations } from './support/move-time.ts'
import { axeViolations } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

// What a reader's browser asks for: more contrast, paper. Large text is among the checks of accessibility.test.ts.

const site = await openSite()
const browser = await openBrowser(site)

let fixture: PageFixture
beforeAll(async () => {
  fixture = await makePageFixture(site)
})

test('with more contrast asked for, text reaches 7:1 in both themes', async () => {
  const tab = await browser.tab({ as: fixture.anna, viewport: PHONE })
  const colour = () => tab.page.evaluate(() => getComputedStyle(document.querySelector('.tabs a') as Element).color)
  const paths = ['/', `/@${fixture.ben.handle}`, '/notifications', '/settings', '/messages']
  for (const colorScheme of ['dark', 'light'] as const) {
    await tab.page.emulateMedia({ colorScheme, contrast: 'no-preference' })
    await tab.opens('/')
    const usual = await colour()
    await tab.page.emulateMedia({ colorScheme, contrast: 'more' })
    expect(await colour()).not.toBe(usual)
    for (const path of paths) {
      await tab.opens(path)
      const violations = await axeViolations(tab, { runOnly: ['color-contrast', 'color-contrast-enhanced'] })
      expect(violations, `${path}, ${colorScheme}`).toEqual([])
    }
  }
})

/** The texts and pictures that would be printed, each as its nearest class. */
const printed = (tab: Tab): Promise<string[]> =>
  tab.page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('body *')].filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true }) &&
        (element.matches('img, svg, input, textarea, button') ||
          [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())),
    )
    return [
      ...new Set(
        all.map(
          (element) =>
            element.closest('.user-line, .activity-text, .warned, .time-left, .posted')?.className.split(' ')[0] ??
            `${element.tagName} ${element.textContent}`,
        ),
      ),
    ].toSorted()
  })

test('paper shows cruds with author, text or warning, and expiry, and nothing else', async () => {
  const { own, anna } = fixture
  for (const as of [undefined, anna]) {
    const tab = await browser.tab({ ...(as && { as }), colorScheme: 'dark' })
    await tab.visits('/?feed=everyone')
    if (as) await tab.waitsForHydration()
    await tab.page.emulateMedia({ media: 'print' })
    const onPaper = await printed(tab)
    expect(onPaper).toEqual(['activity-text', 'user-line', 'warned'])
    // CSS writes the time left.
    expect(await tab.crud(own.message).locator('time').isVisible()).toBe(true)
    expect(await tab.page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(25, 15, 38)')

    if (!as) {
      await movesAnimations(tab, 31 * 86_400)
      await tab.page.pdf()
      expect(await printed(tab), 'expired, on paper').toEqual([])
      await tab.page.emulateMedia({ media: 'screen' })
      expect(await tab.crud(own.message).isVisible(), 'expired, on screen again').toBe(false)
    }
    await tab.page.emulateMedia({ media: 'screen' })
    await tab.visits(`/@${anna.handle}/status/${own.uuid}`)
    await tab.page.emulateMedia({ media: 'print' })
    expect(await printed(tab)).toEqual(['activity-text', 'posted', 'user-line'])
  }
})

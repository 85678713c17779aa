import { beforeAll, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { examplesOf, makePageFixture, PAGES, type PageFixture } from '../support/fixtures/page-examples.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { axeViolations, overflowingElements } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

// What a reader's browser asks for: large text, more contrast, paper.

const site = await openSite()
const browser = await openBrowser(site)

let fixture: PageFixture
beforeAll(async () => {
  fixture = await makePageFixture(site)
})

/** Tabs, wordmark, TTL labels and buttons that overlap another of them or are clipped. */
function unreadableLabels(tab: Tab): Promise<string[]> {
  return tab.page.evaluate(() => {
    const labels = [
      ...document.querySelectorAll<HTMLElement>('.tabs a, .brand b, .ttl-chooser span, .page-top a, .page-top button'),
    ].filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.textContent?.trim())
    const boxes = labels.map((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      const { left, right, top, bottom } = range.getBoundingClientRect()
      return { element, left, right, top, bottom }
    })
    const isClipped = ({ element, left, right, top, bottom }: (typeof boxes)[number]) => {
      for (let parent = element.parentElement; parent; parent = parent.parentElement) {
        if (getComputedStyle(parent).overflow === 'visible') continue
        const box = parent.getBoundingClientRect()
        // Wrapped out of view on purpose, as the wordmark is beside buttons: wholly below.
        if (parent.matches('.brand') && top >= box.bottom - 1) return false
        if (left < box.left - 1 || right > box.right + 1 || top < box.top - 5 || bottom > box.bottom + 5) return true
      }
      return left < 0 || right > document.documentElement.clientWidth
    }
    const overlaps = boxes.flatMap((one, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (other) =>
            !one.element.contains(other.element) &&
            one.left < other.right - 1 &&
            other.left < one.right - 1 &&
            one.top < other.bottom - 1 &&
            other.top < one.bottom - 1,
        )
        .map((other) => `${one.element.textContent} overlaps ${other.element.textContent}`),
    )
    return [...overlaps, ...boxes.filter(isClipped).map(({ element }) => `${element.textContent} is clipped`)]
  })
}

test.for(PAGES)('%s: with text at 200 % on a phone, no label overlaps or is clipped', async (page) => {
  const viewers = [
    [undefined, await browser.tab({ viewport: PHONE })],
    [fixture.anna, await browser.tab({ as: fixture.anna, viewport: PHONE })],
  ] as const
  for (const path of examplesOf(page, fixture)) {
    for (const [actor, tab] of viewers) {
      const { status } = await (actor ?? site.actors.visitor()).visits(path)
      if (status >= 300 && status < 400) continue
      await tab.visits(path, status)
      if (actor) await tab.waitsForHydration()
      await tab.page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
      // A folded chooser shows once the box has the focus.
      await tab.page.evaluate(() => document.querySelector('textarea')?.focus())
      const problems = [...(await unreadableLabels(tab)), ...(await overflowingElements(tab))]
      expect(problems, `${path}, signed ${actor ? 'in' : 'out'}`).toEqual([])
    }
  }
  expect(examplesOf(page, fixture)).not.toEqual([])
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
            element.closest('.user-line, .activity-text, .time-left, .posted')?.className.split(' ')[0] ??
            `${element.tagName} ${element.textContent}`,
        ),
      ),
    ].toSorted()
  })

test('paper shows cruds with author, text and expiry, and nothing else', async () => {
  const { own, anna } = fixture
  for (const as of [undefined, anna]) {
    const tab = await browser.tab({ ...(as && { as }), colorScheme: 'dark' })
    await tab.visits('/?feed=everyone')
    if (as) await tab.waitsForHydration()
    await tab.page.emulateMedia({ media: 'print' })
    const onPaper = await printed(tab)
    expect(onPaper).toEqual(['activity-text', 'user-line'])
    // CSS writes the time left.
    expect(await tab.crud(own.message).locator('time').isVisible()).toBe(true)
    expect(await tab.page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(25, 15, 38)')

    await tab.page.emulateMedia({ media: 'screen' })
    await tab.visits(`/@${anna.handle}/status/${own.uuid}`)
    await tab.page.emulateMedia({ media: 'print' })
    expect(await printed(tab)).toEqual(['activity-text', 'posted', 'user-line'])
  }
})

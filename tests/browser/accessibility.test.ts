import type { RunOptions } from 'axe-core'
import { beforeAll, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { examplesOf, makePageFixture, PAGES, type PageFixture } from '../support/fixtures/page-examples.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { pressesKeys } from './support/keyboard.ts'
import { axeViolations, overflowingElements, smallTouchTargets } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

let scene: PageFixture
beforeAll(async () => {
  scene = await makePageFixture(site)
})

const DARK = { colorScheme: 'dark', forcedColors: 'none' } as const
const LIGHT = { colorScheme: 'light', forcedColors: 'none' } as const
const FORCED = { colorScheme: 'dark', forcedColors: 'active' } as const
const COLOURS: RunOptions = { runOnly: ['color-contrast'] }

/** How a page is looked at: all of axe in each set of colours, and the colours again at the other width. */
const LOOKS = [
  ['dark', PHONE, DARK, {}],
  ['light', DESKTOP, LIGHT, {}],
  ['forced colours', PHONE, FORCED, {}],
  ['light', PHONE, LIGHT, COLOURS],
  ['dark', DESKTOP, DARK, COLOURS],
] as const

/** Windows without room: the narrowest phone, a usual one, and a desktop at 200 %. */
const NARROW = [{ width: 320, height: 568 }, PHONE, { width: DESKTOP.width / 2, height: DESKTOP.height / 2 }]

/** What is wrong with the page that the tab shows, in every look. */
async function faultsOn(tab: Tab): Promise<string[]> {
  const faults: string[] = []
  for (const [look, viewport, media, options] of LOOKS) {
    await tab.page.setViewportSize(viewport)
    await tab.page.emulateMedia(media)
    faults.push(...(await axeViolations(tab, options)).map((finding) => `${look}, ${viewport.width} px: ${finding}`))
  }
  await tab.page.setViewportSize(PHONE)
  await tab.page.emulateMedia(DARK)
  faults.push(...(await smallTouchTargets(tab)).map((target) => `too small: ${target}`))
  for (const viewport of NARROW) {
    await tab.page.setViewportSize(viewport)
    faults.push(...(await overflowingElements(tab)).map((it) => `no room at ${viewport.width} px: ${it}`))
  }
  return faults
}

test('every page has an example', () => {
  expect(PAGES.filter((page) => examplesOf(page, scene).length === 0)).toEqual([])
})

test.for(PAGES)('%s, signed out and in: can be read, reached and pressed by everybody', async (page) => {
  const readers = [
    [undefined, await browser.tab()],
    [scene.anna, await browser.tab({ as: scene.anna })],
  ] as const
  for (const path of examplesOf(page, scene)) {
    for (const [person, tab] of readers) {
      const { status } = await (person ?? site.actors.visitor()).visits(path)
      // It leads to another page, which has its own row.
      if (status >= 300 && status < 400) continue
      await tab.visits(path, status)
      if (person) await tab.waitsForHydration()
      expect(await faultsOn(tab), `${path}, signed ${person ? 'in' : 'out'}`).toEqual([])
      expect(await tab.page.title(), path).toMatch(/. · Cruddur$/)
    }
  }
  expect(examplesOf(page, scene)).not.toEqual([])
})

test('what opens over a page, and what is wrong with a form', async () => {
  const tab = await browser.tab({ as: scene.anna })
  await tab.opens(`/@${scene.ben.handle}`)
  await tab.main.getByLabel(`More about @${scene.ben.handle}`).click()
  expect(await faultsOn(tab)).toEqual([])
  await pressesKeys(tab, 'Escape', '?')
  await tab.page.getByRole('dialog').waitFor()
  expect(await faultsOn(tab)).toEqual([])

  const door = await browser.tab()
  await door.visits('/signup')
  door.expects(422)
  await door.presses('Join')
  await door.sees('Enter your password.')
  expect(await faultsOn(door)).toEqual([])
})

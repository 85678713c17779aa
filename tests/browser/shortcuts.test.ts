import { beforeAll, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { focusedName, hasFocus, pressesKeys, seesFocus, tabsTo } from './support/keyboard.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

let anna: Actor
let ben: Actor
beforeAll(async () => {
  ;[anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  for (let i = 1; i <= 45; i += 1) await ben.posts(`Number ${i}.`)
})

const sheet = (tab: Tab) => tab.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
const crud = (tab: Tab, i: number) => tab.crud(`Number ${i}.`)

/** Opens a page, and waits for the part of script that comes after all else. */
async function opens(tab: Tab, path: string): Promise<void> {
  await tab.opens(path)
  await tab.page.locator('dialog').waitFor({ state: 'attached' })
}

/** A crud is in view as a whole, under nothing that stays in place. */
async function isInView(tab: Tab, i: number): Promise<void> {
  const box = await crud(tab, i).boundingBox()
  const foot = (await tab.page.locator('nav.bar').boundingBox())?.height ?? 0
  const { height } = tab.page.viewportSize() ?? DESKTOP
  expect(box?.y, `Number ${i}.`).toBeGreaterThanOrEqual(0)
  expect((box?.y ?? 0) + (box?.height ?? 0), `Number ${i}.`).toBeLessThanOrEqual(height - foot)
}

test.each([
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
])('on %s, j and k lead through a feed, on into what is read as one goes, and back', async (_, viewport) => {
  const tab = await browser.tab({ as: anna, viewport })
  await opens(tab, `/@${ben.handle}`)
  for (let i = 45; i >= 1; i -= 1) {
    await pressesKeys(tab, 'j')
    await seesFocus(crud(tab, i))
    await isInView(tab, i)
  }
  await pressesKeys(tab, 'j')
  await tab.sees(tab.page.getByRole('status').getByText('The end of the list.'))
  await seesFocus(crud(tab, 1))
  for (const i of [2, 3, 4]) {
    await pressesKeys(tab, 'k')
    await seesFocus(crud(tab, i))
    await isInView(tab, i)
  }
})

test('at the end of what has been read j waits for what comes, unless one goes elsewhere', async () => {
  const tab = await browser.tab({ as: anna })
  const held: (() => void)[] = []
  await tab.page.route(/activities\?.*cursor=/, (route) => held.push(() => void route.continue()))
  await opens(tab, `/@${ben.handle}`)
  await pressesKeys(tab, ...Array.from({ length: 20 }, () => 'j'))
  await seesFocus(crud(tab, 26))
  await pressesKeys(tab, 'j')
  await seesFocus(crud(tab, 26))
  await expect.poll(() => held.length).toBe(1)
  held.pop()?.()
  await seesFocus(crud(tab, 25))

  await pressesKeys(tab, ...Array.from({ length: 19 }, () => 'j'))
  await pressesKeys(tab, 'j', 'k')
  await expect.poll(() => held.length).toBe(1)
  held.pop()?.()
  await tab.sees(crud(tab, 1))
  await seesFocus(crud(tab, 7))
})

test('in a feed, Page Down and Up lead on and back, Ctrl and End or Home out of it', async () => {
  const tab = await browser.tab({ as: anna })
  await opens(tab, `/@${ben.handle}`)
  await tabsTo(tab, crud(tab, 45).getByRole('button', { name: 'Like' }))
  await pressesKeys(tab, 'PageDown')
  await seesFocus(crud(tab, 44))
  const [name, description] = await crud(tab, 44).evaluate((article) =>
    ['aria-labelledby', 'aria-describedby'].map((by) =>
      (article.getAttribute(by) ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent)
        .join(' '),
    ),
  )
  expect(name).toBe(`Ben @${ben.handle}`)
  expect(description).toMatch(/^Number 44\. /)
  await pressesKeys(tab, 'PageDown', 'PageUp', 'PageUp')
  await seesFocus(crud(tab, 45))
  await pressesKeys(tab, 'Control+Home')
  expect(await focusedName(tab)).toBe('Likes')
  await pressesKeys(tab, 'j', 'Control+End')
  expect(await hasFocus(tab.main.locator('a[rel=next]'))).toBe(true)
})

test('letters do to a crud what its buttons do, and lead about the site', async () => {
  const tab = await browser.tab({ as: anna })
  const pressed = (deed: string, on: boolean) =>
    tab.sees(crud(tab, 44).getByRole('button', { name: new RegExp(`^${deed}`), pressed: on }))
  await opens(tab, `/@${ben.handle}`)
  await pressesKeys(tab, 'j', 'j', 'l', 't')
  await pressed('Like', true)
  await pressed('Repost', true)
  await seesFocus(crud(tab, 44))
  await pressesKeys(tab, 'l')
  await tab.sees(tab.page.getByRole('status').getByText('Like taken back.'))
  await pressed('Like', false)

  await pressesKeys(tab, 'o')
  await tab.sees(tab.heading('Crud'))
  await pressesKeys(tab, 'r')
  await seesFocus(tab.field('Your reply'))
  // What is typed is no shortcut.
  await tab.page.keyboard.type('jkl?')
  expect(await tab.field('Your reply').inputValue()).toBe('jkl?')
  await pressesKeys(tab, 'Escape', 'l')
  await pressed('Like', true)
  await pressesKeys(tab, 'Control+l', 'Alt+l', 'Shift+L', 'l')
  await pressed('Like', false)

  await pressesKeys(tab, 'n')
  await seesFocus(tab.field('Your crud'))
  await pressesKeys(tab, 'Escape', '/')
  await expect.poll(() => focusedName(tab)).toBe('Search cruds and people')
  await pressesKeys(tab, 'Tab')
  for (const [key, heading] of [
    ['n', 'Notifications'],
    ['m', 'Messages'],
    ['p', 'Anna'],
    ['s', 'Settings'],
    ['h', 'Home'],
  ] as const) {
    await pressesKeys(tab, 'g', key)
    await seesFocus(tab.heading(heading))
  }
})

test('the sheet of shortcuts holds the focus and gives it back; there they are turned off for good', async () => {
  const tab = await browser.tab({ as: anna })
  await opens(tab, `/@${ben.handle}`)
  await pressesKeys(tab, 'j', '?')
  await seesFocus(sheet(tab))
  for (const key of ['Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'j']) {
    await pressesKeys(tab, key)
    await seesFocus(sheet(tab))
  }
  await pressesKeys(tab, 'Escape')
  await seesFocus(crud(tab, 45))
  await pressesKeys(tab, 'j')
  await seesFocus(crud(tab, 44))

  const button = tab.page.getByRole('button', { name: 'Shortcuts' })
  await button.click()
  await sheet(tab).getByRole('checkbox', { name: 'Shortcuts are on' }).uncheck()
  await sheet(tab).getByRole('button', { name: 'Close' }).click()
  await seesFocus(button)
  await pressesKeys(tab, '?', 'j', 'g', 'h')
  await seesFocus(button)
  expect(await sheet(tab).isVisible()).toBe(false)

  await opens(tab, '/settings')
  await pressesKeys(tab, '?')
  await tab.presses('Shortcuts')
  await sheet(tab).getByRole('checkbox', { name: 'Shortcuts are on' }).check()
  await pressesKeys(tab, 'Escape', 'g', 'h')
  await seesFocus(tab.heading('Home'))
})

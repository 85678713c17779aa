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

const shortcutsDialog = (tab: Tab) => tab.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
const crud = (tab: Tab, i: number) => tab.crud(`Number ${i}.`)

/** Opens a page, and waits until the shortcuts are loaded. */
async function opensWithShortcuts(tab: Tab, path: string): Promise<void> {
  await tab.opens(path)
  await tab.page.locator('dialog').waitFor({ state: 'attached' })
}

/** Waits until the whole crud is in view, not covered by the bottom bar. */
async function seesInView(tab: Tab, i: number): Promise<void> {
  const barHeight = (await tab.page.locator('nav.bar').boundingBox())?.height ?? 0
  const { height } = tab.page.viewportSize() ?? DESKTOP
  const isInView = async () => {
    const box = await crud(tab, i).boundingBox()
    return box !== null && box.y >= 0 && box.y + box.height <= height - barHeight
  }
  await expect.poll(isInView, { message: `Number ${i}.` }).toBe(true)
}

test.each([
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
])('on %s, j and k move through a feed, through pages that load on the way, and back', async (_, viewport) => {
  const tab = await browser.tab({ as: anna, viewport })
  await opensWithShortcuts(tab, `/@${ben.handle}`)
  for (let i = 45; i >= 1; i -= 1) {
    await pressesKeys(tab, 'j')
    await seesFocus(crud(tab, i))
    await seesInView(tab, i)
  }
  await pressesKeys(tab, 'j')
  await tab.sees(tab.page.getByRole('status').getByText('End of the list.'))
  await seesFocus(crud(tab, 1))
  for (const i of [2, 3, 4]) {
    await pressesKeys(tab, 'k')
    await seesFocus(crud(tab, i))
    await seesInView(tab, i)
  }
})

test('at the end of the loaded page j waits for the next page, unless another key moves the focus', async () => {
  const tab = await browser.tab({ as: anna })
  const heldRequests: (() => void)[] = []
  await tab.page.route(/activities\?.*cursor=/, (route) => heldRequests.push(() => void route.continue()))
  await opensWithShortcuts(tab, `/@${ben.handle}`)
  await pressesKeys(tab, ...Array.from({ length: 20 }, () => 'j'))
  await seesFocus(crud(tab, 26))
  await pressesKeys(tab, 'j')
  await seesFocus(crud(tab, 26))
  await expect.poll(() => heldRequests.length).toBe(1)
  heldRequests.pop()?.()
  await seesFocus(crud(tab, 25))

  await pressesKeys(tab, ...Array.from({ length: 19 }, () => 'j'))
  await pressesKeys(tab, 'j', 'k')
  await expect.poll(() => heldRequests.length).toBe(1)
  heldRequests.pop()?.()
  await tab.sees(crud(tab, 1))
  await seesFocus(crud(tab, 7))
})

test('in a feed, Page Down and Page Up move between cruds, Ctrl+End and Ctrl+Home leave it', async () => {
  const tab = await browser.tab({ as: anna })
  await opensWithShortcuts(tab, `/@${ben.handle}`)
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

test('single keys press the buttons of a crud and navigate the site', async () => {
  const tab = await browser.tab({ as: anna })
  const seesButton = (reaction: string, isPressed: boolean) =>
    tab.sees(crud(tab, 44).getByRole('button', { name: new RegExp(`^${reaction}`), pressed: isPressed }))
  await opensWithShortcuts(tab, `/@${ben.handle}`)
  await pressesKeys(tab, 'j', 'j', 'l', 't')
  await seesButton('Like', true)
  await seesButton('Repost', true)
  await seesFocus(crud(tab, 44))
  await pressesKeys(tab, 'l')
  await tab.sees(tab.page.getByRole('status').getByText('Like removed.'))
  await seesButton('Like', false)

  await pressesKeys(tab, 'o')
  await seesFocus(tab.heading('Crud'))
  await pressesKeys(tab, 'r')
  await seesFocus(tab.field('Your reply'))
  // Keys typed in a field are no shortcuts.
  await tab.page.keyboard.type('jkl?')
  expect(await tab.field('Your reply').inputValue()).toBe('jkl?')
  await pressesKeys(tab, 'Escape', 'l')
  await seesButton('Like', true)
  // With another key held down, it is no shortcut: each plain press alone changes the button.
  for (const [held, isPressed] of [
    ['Control+l', false],
    ['Alt+l', true],
    ['Shift+L', false],
  ] as const) {
    await pressesKeys(tab, held, 'l')
    await seesButton('Like', isPressed)
  }

  await pressesKeys(tab, 'n')
  const sheet = tab.page.getByRole('dialog', { name: 'New crud' })
  await seesFocus(sheet.getByLabel('Your crud', { exact: true }))
  await pressesKeys(tab, 'Escape')
  await sheet.waitFor({ state: 'detached' })
  await pressesKeys(tab, '/')
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

test('the shortcuts dialog traps and returns the focus, and turns shortcuts off for good', async () => {
  const tab = await browser.tab({ as: anna })
  await opensWithShortcuts(tab, `/@${ben.handle}`)
  await pressesKeys(tab, 'j', '?')
  await seesFocus(shortcutsDialog(tab))
  for (const key of ['Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'j']) {
    await pressesKeys(tab, key)
    await seesFocus(shortcutsDialog(tab))
  }
  await pressesKeys(tab, 'Escape')
  await seesFocus(crud(tab, 45))
  await pressesKeys(tab, 'j')
  await seesFocus(crud(tab, 44))

  const button = tab.page.getByRole('button', { name: 'Shortcuts' })
  await button.click()
  await shortcutsDialog(tab).getByRole('checkbox', { name: 'Shortcuts are on' }).uncheck()
  await shortcutsDialog(tab).getByRole('button', { name: 'Close' }).click()
  await seesFocus(button)
  await pressesKeys(tab, '?', 'j', 'g', 'h')
  await seesFocus(button)
  expect(await shortcutsDialog(tab).isVisible()).toBe(false)

  await opensWithShortcuts(tab, '/settings')
  await pressesKeys(tab, '?')
  await tab.presses('Shortcuts')
  await shortcutsDialog(tab).getByRole('checkbox', { name: 'Shortcuts are on' }).check()
  await pressesKeys(tab, 'Escape')
  await tab.doesNotSee(shortcutsDialog(tab))
  await pressesKeys(tab, 'g', 'h')
  await seesFocus(tab.heading('Home'))
})

import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { reads } from '../support/actors/actions.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { focusedName, pressesKeys, seesFocus } from './support/keyboard.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { choosesFromMenu, opensActivityMenu, toast, uniqueText } from './support/page-actions.ts'
import { axeViolations, overflowingElements, smallTouchTargets } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const menu = (tab: Tab) => tab.page.getByRole('menu', { name: 'More about this crud' })

async function seesItems(tab: Tab, names: string[]): Promise<void> {
  await tab.sees(menu(tab))
  const texts = await menu(tab).getByRole('menuitem').allTextContents()
  expect(texts.map((text) => text.trim())).toEqual(names)
}

test.each([
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
])('on %s, the menu names what can be done with one’s own crud and with another’s', async (_, viewport) => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const [own, other] = [uniqueText('Mine'), uniqueText('Yours')]
  await anna.posts(own)
  await ben.posts(other)
  const tab = await browser.tab({ as: anna, viewport })
  await tab.opens('/?feed=everyone')
  await opensActivityMenu(tab, own)
  await seesItems(tab, ['Copy link', 'Who can reply', 'Delete & rewrite', 'Put out Delete now'])
  expect(await axeViolations(tab)).toEqual([])
  expect(await smallTouchTargets(tab)).toEqual([])
  expect(await overflowingElements(tab)).toEqual([])
  await pressesKeys(tab, 'Escape')
  await menu(tab).waitFor({ state: 'hidden' })
  await opensActivityMenu(tab, other)
  await seesItems(tab, ['Copy link', `Mute @${ben.handle}`, `Block @${ben.handle}`, 'Report'])
  // A press beside the menu closes it, and opens nothing.
  await tab.page.mouse.click(5, 5)
  await menu(tab).waitFor({ state: 'hidden' })
  expect(tab.path).toBe('/?feed=everyone')
})

test('the menu is used with the arrow keys, and Escape returns the focus to its button', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const text = uniqueText('Yours')
  await ben.posts(text)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/?feed=everyone')
  const button = tab.crud(text).getByRole('link', { name: 'More', exact: true })
  await tab.page.locator('dialog.shortcut-sheet').waitFor({ state: 'attached' })
  await button.focus()
  await pressesKeys(tab, 'Enter')
  const item = (name: string) => menu(tab).getByRole('menuitem', { name })
  await seesFocus(item('Copy link'))
  await pressesKeys(tab, 'ArrowDown')
  await seesFocus(item('Mute'))
  await pressesKeys(tab, 'End')
  await seesFocus(item('Report'))
  await pressesKeys(tab, 'ArrowDown')
  await seesFocus(item('Copy link'))
  await pressesKeys(tab, 'ArrowDown', 'Enter')
  await seesFocus(item('For 1 hour'))
  await pressesKeys(tab, 'Escape')
  await seesFocus(button)
  expect(await focusedName(tab)).toBe('More')
})

test('Back closes the menu with the page that it is on', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const text = uniqueText('Yours')
  await ben.posts(text)
  const tab = await browser.tab({ as: anna, viewport: DESKTOP })
  await tab.opens('/notifications')
  await tab.goesTo('Home')
  await tab.follows('Everyone')
  await opensActivityMenu(tab, text)
  await tab.page.goBack()
  await menu(tab).waitFor({ state: 'hidden' })
  await tab.page.goBack()
  await tab.sees(tab.heading('Notifications'))
})

test('far down a feed, the menu opens beside its button, and the page stays where it is', async () => {
  const anna = await site.actors.join('anna')
  const text = uniqueText('At the bottom')
  await anna.posts(text)
  for (let n = 0; n < 12; n += 1) await anna.posts(uniqueText('Above'))
  const tab = await browser.tab({ as: anna, viewport: DESKTOP })
  await tab.opens('/')
  const button = tab.crud(text).getByRole('link', { name: 'More', exact: true })
  await tab.page.locator('dialog.shortcut-sheet').waitFor({ state: 'attached' })
  // Scrolls to it, and waits until it moves no more.
  await button.hover()
  const before = await tab.page.evaluate(() => scrollY)
  expect(before).toBeGreaterThan(300)
  await opensActivityMenu(tab, text)
  await tab.sees(menu(tab))
  expect(await tab.page.evaluate(() => scrollY)).toBe(before)
  const [shown, opener] = [await menu(tab).boundingBox(), await button.boundingBox()]
  if (!shown || !opener) throw new Error('not on screen')
  const distance = Math.max(shown.y - (opener.y + opener.height), opener.y - (shown.y + shown.height))
  expect(distance).toBeLessThan(20)
})

test('Copy link copies the address and says so', async () => {
  const anna = await site.actors.join('anna')
  const crud = await anna.posts(uniqueText('Pass it on'))
  const tab = await browser.tab({ as: anna, viewport: PHONE, permissions: ['clipboard-read', 'clipboard-write'] })
  await tab.opens('/')
  await choosesFromMenu(tab, crud.message, /^Copy link/)
  await tab.sees(toast(tab, 'Link copied.'))
  const url = `${site.origin}/@${anna.handle}/status/${crud.uuid}`
  expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toBe(url)
  expect(tab.path).toBe('/')
})

test('muting from the menu stays in the feed, and can be undone', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const text = uniqueText('Too loud')
  await ben.posts(text)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/?feed=everyone')
  await choosesFromMenu(tab, text, /^Mute/)
  await tab.page.getByRole('menuitem', { name: 'For 1 day' }).click()
  await tab.doesNotSee(tab.crud(text))
  await expect.poll(async () => (await reads(anna, `/api/users/@${ben.handle}`)).viewer.muting).toBe(true)
  await tab.page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await tab.sees(tab.crud(text))
  await expect.poll(async () => (await reads(anna, `/api/users/@${ben.handle}`)).viewer.muting).toBe(false)
  expect(tab.path).toBe('/?feed=everyone')
})

test('without script the menu is a page of links and forms', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const [own, other] = [uniqueText('Mine'), uniqueText('Yours')]
  const crud = await anna.posts(own)
  await ben.posts(other)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/?feed=everyone')
  await choosesFromMenu(tab, own, /^Put out/, false)
  await tab.comesTo(`/@${anna.handle}/status/${crud.uuid}/put-out`)
  await tab.visits('/?feed=everyone')
  await opensActivityMenu(tab, other, false)
  await tab.sees(tab.heading('More about this crud'))
  expect(await overflowingElements(tab)).toEqual([])
  expect(await tab.main.getByText('Copy link').count()).toBe(0)
  await tab.main.locator('.menu-page').getByRole('link', { name: 'Link to this crud' }).click()
  await tab.comesTo(/\/status\/[^/]+$/)
  // Muting leads back to the list that the menu was opened in.
  await tab.page.goBack()
  await tab.presses('For 7 days')
  await tab.comesTo('/?feed=everyone')
  await tab.sees(tab.crud(own))
  await tab.doesNotSee(tab.crud(other))
  expect((await reads(anna, `/api/users/@${ben.handle}`)).viewer.muting).toBe(true)
})

test.each(WITH_AND_WITHOUT_SCRIPT)('%s: Block leads to the page that asks', async (_, scripted) => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const text = uniqueText('Yours')
  await ben.posts(text)
  const tab = await browser.tab({ as: anna, javaScriptEnabled: scripted })
  await opensPage(tab, '/?feed=everyone', scripted)
  await choosesFromMenu(tab, text, /^Block/, scripted)
  await tab.sees(tab.heading(`Block @${ben.handle}?`))
})

test('where the menu’s code cannot be loaded, its page opens', async () => {
  const anna = await site.actors.join('anna')
  const crud = await anna.posts(uniqueText('Mine'))
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  tab.expectsError(/ActivityMenu/)
  await tab.page.route('**/ActivityMenu-*.js', (route) => route.abort())
  await opensActivityMenu(tab, crud.message)
  await tab.comesTo(`/@${anna.handle}/status/${crud.uuid}/menu`)
  await tab.sees(tab.heading('More about this crud'))
})

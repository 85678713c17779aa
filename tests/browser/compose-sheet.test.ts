import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { focusedName, hasFocus, pressesKeys, seesFocus } from './support/keyboard.ts'
import { navLink, opensPage } from './support/navigation.ts'
import { seesSaved, toast, uniqueText } from './support/page-actions.ts'
import { axeViolations, overflowingElements, smallTouchTargets } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const sheet = (tab: Tab) => tab.page.getByRole('dialog', { name: 'New crud' })
const box = (tab: Tab) => sheet(tab).getByRole('textbox', { name: 'Your crud' })
/** Waits until it is closed, and its entry of the history is left. */
async function seesClosed(tab: Tab): Promise<void> {
  await sheet(tab).waitFor({ state: 'detached' })
  await tab.page.waitForFunction(() => navigation.canGoForward)
}
const shortcutsLoaded = (tab: Tab) => tab.page.locator('.shortcut-sheet').waitFor({ state: 'attached' })

test('the Crud link opens the form over the page that one is on, which stays', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/settings')
  await shortcutsLoaded(tab)
  await tab.fills({ 'About you': 'half a sentence' })
  await navLink(tab, 'Crud').click()
  await seesFocus(box(tab))
  const text = uniqueText('From the settings')
  await box(tab).fill(text)
  await sheet(tab).getByRole('radio', { name: '1 hour', exact: true }).check()
  await sheet(tab).getByRole('button', { name: 'Crud', exact: true }).click()
  const burning = toast(tab, 'Your crud is burning.')
  await tab.sees(burning)
  // It leaves by itself: its animation is moved to the end, instead of waiting for it.
  await burning.locator('..').evaluate((shown) => {
    for (const animation of shown.getAnimations()) animation.currentTime = 10_001
  })
  await tab.doesNotSee(burning)
  await seesClosed(tab)
  expect(tab.path).toBe('/settings')
  expect(await tab.field('About you').inputValue()).toBe('half a sentence')
  expect(await hasFocus(navLink(tab, 'Crud'))).toBe(true)
  await tab.goesTo('Home')
  await seesSaved(tab, text)
})

test('n opens it, Tab stays within, Escape closes it, returns the focus and keeps the draft', async () => {
  const anna = await site.actors.join('anna')
  const crud = await anna.posts(uniqueText('Read me'))
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${anna.handle}`)
  await shortcutsLoaded(tab)
  await pressesKeys(tab, 'j')
  const card = tab.page.locator(`[id="${crud.uuid}"]`)
  await seesFocus(card)
  await pressesKeys(tab, 'n')
  await seesFocus(box(tab))
  await tab.page.keyboard.type('Half a thought')
  const names = new Set<string>()
  for (let stops = 0; stops < 12; stops += 1) {
    await pressesKeys(tab, 'Tab')
    names.add(await focusedName(tab))
    expect(await hasFocus(sheet(tab).locator(':focus'))).toBe(true)
  }
  expect([...names]).toEqual(expect.arrayContaining(['Crud', 'Close', 'Your crud', '7 days']))
  await pressesKeys(tab, 'Escape')
  await seesClosed(tab)
  expect(await hasFocus(card)).toBe(true)
  await pressesKeys(tab, 'n')
  await expect.poll(() => box(tab).inputValue()).toBe('Half a thought')
  await pressesKeys(tab, 'Control+Enter')
  await sheet(tab).waitFor({ state: 'detached' })
  expect(await hasFocus(card)).toBe(true)
})

test('Back closes it, stays on the page and keeps the draft; Back again leaves, also after a link in it', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/notifications')
  // The first page of its document: going back further would leave it.
  await tab.opens('/search')
  await shortcutsLoaded(tab)
  await navLink(tab, 'Crud').click()
  await seesFocus(box(tab))
  await box(tab).fill('Half a thought')
  await tab.page.goBack()
  await sheet(tab).waitFor({ state: 'detached' })
  expect(tab.path).toBe('/search')
  await navLink(tab, 'Crud').click()
  await expect.poll(() => box(tab).inputValue()).toBe('Half a thought')
  await sheet(tab).getByRole('combobox', { name: 'Seen by' }).selectOption('Your circle')
  await sheet(tab).getByRole('link', { name: 'Add people' }).click()
  await tab.sees(tab.heading('Your circle'))
  await tab.page.goBack()
  await tab.sees(tab.heading('Search'))
  await navLink(tab, 'Crud').click()
  await seesFocus(box(tab))
  await pressesKeys(tab, 'Escape')
  await seesClosed(tab)
  await tab.page.goBack()
  await tab.comesTo('/notifications')
})

test('on the home page, n focuses the form that is in view, and opens another where it is not', async () => {
  const anna = await site.actors.join('anna')
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) await anna.posts(`A crud to scroll past, number ${n}`)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await shortcutsLoaded(tab)
  await pressesKeys(tab, 'n')
  await seesFocus(tab.field('Your crud'))
  await tab.crud('number 1').scrollIntoViewIfNeeded()
  await navLink(tab, 'Crud').click()
  await seesFocus(box(tab))
})

test('a crud that is not sent stays in the sheet with the reason, and can be sent again; then the page has the focus', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/notifications')
  await shortcutsLoaded(tab)
  await pressesKeys(tab, 'n')
  const text = uniqueText('Stays')
  await box(tab).fill(text)
  await tab.page.route('**/api/activities', (route) => route.abort('aborted'))
  await sheet(tab).getByRole('button', { name: 'Crud', exact: true }).click()
  await tab.sees(sheet(tab).getByText('Not sent. It is kept here; try again.'))
  expect(await box(tab).inputValue()).toBe(text)
  await tab.page.unroute('**/api/activities')
  await sheet(tab).getByRole('button', { name: 'Crud', exact: true }).click()
  await sheet(tab).waitFor({ state: 'detached' })
  expect(await hasFocus(tab.main)).toBe(true)
})

test('the sheet has no accessibility violation, small target or overflow', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/notifications')
  await shortcutsLoaded(tab)
  await navLink(tab, 'Crud').click()
  await seesFocus(box(tab))
  const problems = [
    ...(await axeViolations(tab)),
    ...(await smallTouchTargets(tab)),
    ...(await overflowingElements(tab)),
  ]
  expect(problems).toEqual([])
})

test('without script, the Crud link leads to a page with the form', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await opensPage(tab, '/notifications', false)
  await navLink(tab, 'Crud').click()
  await tab.sees(tab.heading('New crud'))
  tab.expects(422)
  await tab.presses('Crud')
  await tab.sees(tab.heading('New crud'))
  await tab.sees('Write a word or two first.')
  const text = uniqueText('By form')
  await tab.fills({ 'Your crud': text })
  await tab.presses('Crud')
  await tab.comesTo('/')
  await seesSaved(tab, text)
})

import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { seesFocus } from './support/keyboard.ts'
import { seesSaved } from './support/page-actions.ts'
import { descriptionOf, type Tab } from './support/tab.ts'

// How errors beside fields reach the focus and assistive tech.

const site = await openSite()
const browser = await openBrowser(site)

const hasFocus = (field: Locator) => field.evaluate((element) => element === document.activeElement)
const alerts = (tab: Tab) => tab.page.getByRole('alert').allTextContents()

test('without script, focuses the first field with an error', async () => {
  const tab = await browser.tab({ viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/signup')
  tab.expects(422)
  await tab.fills({ Name: 'Anna', Email: 'anna', Handle: 'no spaces', Password: 'Password-1' })
  await tab.presses('Join')
  await expect.poll(() => hasFocus(tab.field('Email'))).toBe(true)
})

test('signed out, an error of the form describes the field that gets the focus', async () => {
  const tab = await browser.tab({ viewport: PHONE })
  await tab.visits('/signin')
  tab.expects(401)
  await tab.fills({ Email: 'nobody@example.com', Password: 'Password-1' })
  await tab.presses('Sign in')
  await expect.poll(() => hasFocus(tab.field('Password'))).toBe(true)
  expect(await descriptionOf(tab.field('Password'))).toBe('Wrong email or password. Check both, or get a new password.')
})

test('with script, a page that follows on the same path starts at its heading', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/forgot')
  // The code that moves the focus is loaded after hydration, with the shortcut sheet.
  await tab.page.locator('dialog.shortcut-sheet').waitFor({ state: 'attached' })
  await tab.fills({ Email: anna.email })
  await tab.presses('Send the code')
  await seesFocus(tab.heading('Set a new password'))
})

test('without script, an empty crud focuses the box', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  tab.expects(422)
  await tab.presses('Crud')
  await expect.poll(() => hasFocus(tab.field('Your crud'))).toBe(true)
})

test('with script, announces each error once and leaves the focus', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await tab.presses('Crud')
  await expect.poll(() => alerts(tab)).toHaveLength(1)
  await tab.fills({ 'Your crud': `Words of ${anna.handle}` })
  await tab.presses('Crud')
  await seesSaved(tab, `Words of ${anna.handle}`)
  await tab.goesTo('Messages')
  await tab.presses('Write')
  await expect.poll(() => alerts(tab)).toEqual(['Who is it for? Enter a handle.'])
  expect(await hasFocus(tab.field('To'))).toBe(false)
})

test('late hydration leaves the focus where it is by then', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const released = Promise.withResolvers<void>()
  await tab.page.route('**/assets/entry.client-*', async (route) => {
    await released.promise
    await route.continue()
  })
  await tab.page.goto('/confirm', { waitUntil: 'commit' })
  tab.expects(422)
  await tab.fills({ Email: anna.email })
  await tab.main.getByRole('button', { name: 'Confirm', exact: true }).click({ noWaitAfter: true })
  await expect.poll(() => hasFocus(tab.field('Code'))).toBe(true)
  await tab.field('Email').focus()
  released.resolve()
  await tab.waitsForHydration()
  expect(await hasFocus(tab.field('Email'))).toBe(true)
  await expect.poll(() => alerts(tab)).toHaveLength(1)
})

test.each([
  ['with script', true],
  ['without script', false],
])('%s, a form over 64 KiB keeps its input and shows an error', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const long = `${'words and words '.repeat(6_000)}the end`
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  if (scripted) await tab.opens('/settings')
  else await tab.visits('/settings')
  tab.expects(413)
  await tab.fills({ 'About you': long })
  await tab.presses('Save')
  await expect.poll(() => alerts(tab)).toEqual(['That’s too big to send. Please make it shorter.'])
  expect(await tab.field('About you').inputValue()).toBe(long)
  if (!scripted) return
  await tab.page.reload()
  await tab.waitsForHydration()
  expect(await tab.field('About you').inputValue()).toBe(long)
})

test('with script, a text of invisible characters is rejected as blank before it is sent', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const invisible = '\u034f\ufe0f\u17b4 \u3164'
  // Nothing is sent: a 422 response would fail the test.
  await tab.fills({ 'Your crud': invisible })
  await tab.presses('Crud')
  await tab.sees('Write a word or two first.')
  expect(await tab.field('Your crud').inputValue()).toBe(invisible)
})

import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { lists } from '../support/actors/actions.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { seesSaved } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const DARK = 'rgb(12, 7, 20)'
const LIGHT = 'rgb(251, 249, 255)'
const backgroundColour = (tab: Tab) =>
  tab.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
const checkedTtl = (tab: Tab) => tab.main.locator('[name="ttl"]:checked').inputValue()

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, new cruds start with the preferred TTL', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const text = `A day of ${anna.handle}`
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, '/settings', scripted)
  await tab.main.getByRole('radio', { name: '3 hours', exact: true }).check({ force: true })
  await tab.presses('Save lifetime')
  await tab.sees(tab.main.getByRole('region', { name: 'Lifetime' }).getByText('Saved.'))
  expect(await checkedTtl(tab)).toBe('3-hours')
  await tab.goesTo('Home')
  await tab.sees(tab.field('Your crud'))
  expect(await checkedTtl(tab)).toBe('3-hours')

  // It is a default, not a limit.
  await tab.fills({ 'Your crud': text })
  await tab.main.getByRole('radio', { name: '1 day', exact: true }).check({ force: true })
  await tab.presses('Crud')
  await seesSaved(tab, text)
  const [{ created_at, expires_at }] = await lists(anna, '/api/activities/home')
  expect(Date.parse(expires_at) - Date.parse(created_at)).toBe(86_400_000)
  await expect.poll(() => checkedTtl(tab)).toBe('3-hours')
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, a theme applies at once, on every page, until sign-out',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted, colorScheme: 'dark' })
    await opensPage(tab, '/settings', scripted)
    expect(await backgroundColour(tab)).toBe(DARK)
    await tab.main.getByLabel('Light', { exact: true }).check()
    await tab.presses('Save theme')
    await tab.sees(tab.main.getByRole('region', { name: 'Theme' }).getByText('Saved.'))
    expect(await backgroundColour(tab)).toBe(LIGHT)
    const themeColour = 'meta[name="theme-color"][media="all"]'
    expect(await tab.page.locator(themeColour).getAttribute('content')).toBe('#fbf9ff')
    await tab.visits('/')
    expect(await backgroundColour(tab)).toBe(LIGHT)

    await tab.visits('/signout')
    await tab.presses('Sign out')
    await tab.sees(tab.heading('Say it. Let it burn.'))
    expect(await backgroundColour(tab)).toBe(DARK)
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)('%s: the colour of the banner is picked in the settings', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, '/settings', scripted)
  expect(await tab.main.getByRole('radio', { name: 'As your star' }).isChecked()).toBe(true)
  await tab.main.getByRole('radio', { name: 'Teal' }).check()
  await tab.presses('Save banner')
  await tab.sees('Saved.')
  const visitor = await browser.tab()
  await visitor.visits(`/@${anna.handle}`)
  expect(await visitor.main.locator('.banner').evaluate((banner) => banner.style.getPropertyValue('--hue'))).toBe('195')
})

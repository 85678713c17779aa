import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { openBrowser } from './support/browser.ts'
import { holdsRequests } from './support/navigation.ts'
import { seesSaved } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

// Two users of one browser.

const site = await openSite()
const browser = await openBrowser(site)

const seesOwnProfileLink = (tab: Tab, { handle }: Actor) =>
  expect
    .poll(() => tab.page.getByRole('link', { name: 'Profile', exact: true }).getAttribute('href'))
    .toBe(`/@${handle}`)

test('signing in as another user in one tab switches the other tab, and keeps the first user’s draft', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const firstTab = await browser.tab({ as: anna })
  await firstTab.opens('/')
  await seesOwnProfileLink(firstTab, anna)
  await firstTab.fills({ 'Your crud': 'Of Anna alone' })

  // Anna's session ends without a sign-out, which would delete her draft. Her tab does not learn of it from the API.
  await holdsRequests(firstTab)
  const secondTab = await firstTab.newTab()
  await secondTab.context.clearCookies()
  await secondTab.visits('/signin')
  await secondTab.fills({ Email: ben.email, Password: ben.details.password })
  await secondTab.presses('Sign in')
  await secondTab.comesTo('/')
  await seesOwnProfileLink(secondTab, ben)
  await secondTab.waitsForHydration()

  await seesOwnProfileLink(firstTab, ben)
  await firstTab.waitsForHydration()
  expect(await firstTab.field('Your crud').inputValue()).toBe('')
  expect(await firstTab.page.evaluate(() => Object.values(localStorage).join())).toContain('Of Anna alone')
})

test('signing up while another user is signed in switches to the new account', async () => {
  const anna = await site.actors.join('anna')
  const ben = site.actors.unregistered('ben')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.opens('/signup')
  const { display_name, email, handle, password } = ben.details
  await tab.fills({ Name: display_name, Email: email, Handle: handle, Password: password })
  await tab.presses('Join')
  await tab.sees(tab.heading('Confirm your address'))
  await tab.fills({ Code: ben.code })
  await tab.presses('Confirm')
  await tab.comesTo('/')
  await seesOwnProfileLink(tab, ben)
  await tab.waitsForHydration()
  const text = `Words of ${handle}`
  await tab.fills({ 'Your crud': text })
  await tab.presses('Crud')
  await seesSaved(tab, text)
  await tab.sees(tab.crud(text).getByText(`@${handle}`))
})

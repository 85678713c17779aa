import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { openBrowser } from './support/browser.ts'
import { seesSaved } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

// One browser, and two people who use it.

const site = await openSite()
const browser = await openBrowser(site)

const seesOwn = (tab: Tab, { handle }: Actor) =>
  expect
    .poll(() => tab.page.getByRole('link', { name: /^(Your profile|Profile)$/ }).getAttribute('href'))
    .toBe(`/@${handle}`)

test('a page of one person becomes that of who signs in in another tab, and keeps what was typed', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const mine = await browser.tab({ as: anna })
  await mine.opens('/')
  await seesOwn(mine, anna)
  await mine.fills({ 'Your crud': 'Of Anna alone' })

  // Anna's session ended, and she did not sign out: what she typed stays hers.
  const theirs = await mine.newTab()
  await theirs.context.clearCookies()
  await theirs.visits('/signin')
  await theirs.fills({ Email: ben.email, Password: ben.details.password })
  await theirs.presses('Sign in')
  await theirs.comesTo('/')
  await seesOwn(theirs, ben)
  await theirs.waitsForHydration()

  await seesOwn(mine, ben)
  await mine.waitsForHydration()
  expect(await mine.field('Your crud').inputValue()).toBe('')
  expect(await mine.page.evaluate(() => Object.values(localStorage).join())).toContain('Of Anna alone')
})

test('whoever joins while another is signed in goes on as themselves', async () => {
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
  await seesOwn(tab, ben)
  await tab.waitsForHydration()
  const words = `Words of ${handle}`
  await tab.fills({ 'Your crud': words })
  await tab.presses('Crud')
  await seesSaved(tab, words)
  await tab.sees(tab.crud(words).getByText(`@${handle}`))
})

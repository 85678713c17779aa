import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { openBrowser } from './support/browser.ts'
import { refusesSockets } from './support/live.ts'
import { refocusesTab } from './support/navigation.ts'
import { pressesReaction, toast, uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

// A session that was ended elsewhere: in another browser, or by a new password.

const site = await openSite()
const browser = await openBrowser(site)

const endsSessions = async (who: Actor) => expect((await who.delete('/api/session/all')).status).toBe(204)

const signsIn = async (tab: Tab, { email, details }: Actor) => {
  await tab.sees(tab.heading('Sign in'))
  await tab.sees('You’ve been signed out. Please sign in again.')
  await tab.fills({ Email: email, Password: details.password })
  await tab.presses('Sign in')
}

test('a tab shows it when one comes back to it, and signing in leads back', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  // Otherwise the tab shows it before.
  await refusesSockets(tab)
  await tab.opens('/notifications')
  tab.expects(401)
  await endsSessions(anna)
  await refocusesTab(tab)
  await signsIn(tab, anna)
  await tab.comesTo('/notifications')
})

test('while one writes, a message has the link to sign in; the words are there afterwards', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await refusesSockets(tab)
  await tab.opens('/?feed=everyone')
  const text = uniqueText('Half a thought')
  await tab.fills({ 'Your crud': text })
  tab.expects(401)
  await endsSessions(anna)
  await refocusesTab(tab)
  await tab.sees(toast(tab, 'You’ve been signed out. Your words are safe.'))
  await tab.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await signsIn(tab, anna)
  await tab.comesTo('/?feed=everyone')
  await tab.waitsForHydration()
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe(text)
})

test('a like that is refused says why, with the link to sign in', async () => {
  const anna = await site.actors.join('anna')
  const text = uniqueText('Like me')
  await anna.posts(text)
  const tab = await browser.tab({ as: anna })
  // Only the like shall learn of it.
  await refusesSockets(tab)
  await tab.opens('/')
  await tab.fills({ 'Your crud': 'so that the page stays' })
  tab.expects(401)
  await endsSessions(anna)
  await pressesReaction(tab, text, 'Like')
  await tab.sees(toast(tab, 'Your like wasn’t saved. You’ve been signed out. Please sign in again.'))
  await tab.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await tab.sees(tab.heading('Sign in'))
})

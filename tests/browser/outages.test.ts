import { afterEach, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { refusesSockets } from './support/live.ts'
import { seesSaved } from './support/page-actions.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)
afterEach(() => site.database.setOutage(false))

const NOT_SENT = 'Not sent. It is kept here; try again.'
const UNREACHABLE = 'Cruddur can’t be reached right now. Try again in a moment.'

test.each([
  ['with script', true],
  ['without script', false],
])('%s: when the database is down, a new crud keeps its text and can be sent later', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await tab.visits('/')
  if (scripted) await tab.waitsForHydration()
  const text = `Words of ${anna.handle} that took a while`
  await tab.fills({ 'Your crud': text })
  await tab.main.getByRole('radio', { name: '12 hours' }).check()

  tab.expects(503)
  site.database.setOutage(true)
  await tab.presses('Crud')
  await tab.sees(scripted ? NOT_SENT : UNREACHABLE)
  expect(await tab.main.getByRole('textbox').inputValue()).toBe(text)

  site.database.setOutage(false)
  if (!scripted) return
  expect(await tab.main.getByRole('radio', { name: '12 hours' }).isChecked()).toBe(true)
  await tab.presses('Crud')
  await seesSaved(tab, text)
  await tab.doesNotSee(NOT_SENT)
})

test('when the network is down, a reply keeps its text and can be sent later', async () => {
  const anna = await site.actors.join('anna')
  const message = `Asked by ${anna.handle}`
  const crud = await anna.posts(message)
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}`)
  await tab.fills({ 'Your reply': 'Said on a train' })
  await tab.page.route('**/api/**', (route) => route.abort('aborted'))
  await tab.presses('Reply')
  await tab.sees(tab.main.getByRole('alert'))
  expect(await tab.field('Your reply').inputValue()).toBe('Said on a train')
  await tab.page.unroute('**/api/**')
  await tab.presses('Reply')
  await seesSaved(tab, 'Said on a train')
})

test('a page that cannot be loaded shows an error and can be retried', async () => {
  const anna = await site.actors.join('anna')
  const message = `Read by ${anna.handle}`
  await anna.posts(message)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  tab.expects(503)
  site.database.setOutage(true)
  await tab.opensOwnProfile()
  await tab.sees(tab.heading('Out of reach'))
  await tab.sees(UNREACHABLE)
  site.database.setOutage(false)
  await tab.follows('Try again')
  await tab.sees(tab.crud(message))
})

test('a document that cannot be loaded answers 503, signed in and out', async () => {
  const anna = await site.actors.join('anna')
  const tabs = [await browser.tab({ as: anna }), await browser.tab()]
  site.database.setOutage(true)
  for (const tab of tabs) {
    await tab.visits(`/@${anna.handle}`, 503)
    await tab.sees(tab.heading('Out of reach'))
  }
  site.database.setOutage(false)
  for (const tab of tabs) {
    await tab.follows('Try again')
    await tab.sees(tab.heading('Anna'))
  }
})

test.each([
  ['with script', true],
  ['without script', false],
])('%s: when the session was ended elsewhere, a new crud keeps its text and links to sign-in', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  // Otherwise a tab learns of it before, here and in the next two tests.
  await refusesSockets(tab)
  await tab.visits('/')
  if (scripted) await tab.waitsForHydration()
  const text = `Words of ${anna.handle} that took a while`
  await tab.fills({ 'Your crud': text })
  tab.expects(401)
  expect((await anna.delete('/api/session/all')).status).toBe(204)

  await tab.presses('Crud')
  await tab.sees(tab.main.getByText(/You’ve been signed out\. Please sign in again\.$/))
  expect(await tab.main.getByRole('textbox').inputValue()).toBe(text)
  await tab.follows('Sign in')
  await tab.sees(tab.heading('Sign in'))
  await tab.fills({ Email: anna.email, Password: anna.details.password })
  await tab.presses('Sign in')
  await tab.comesTo('/')
  await tab.sees(tab.field('Your crud'))
})

test('when the session was ended elsewhere, a navigation leads to sign-in and back', async () => {
  const anna = await site.actors.join('anna')
  const message = `Read on, says ${anna.handle}`
  await anna.posts(message)
  const tab = await browser.tab({ as: anna })
  await refusesSockets(tab)
  await tab.opens(`/@${anna.handle}`)
  tab.expects(401)
  expect((await anna.delete('/api/session/all')).status).toBe(204)
  await tab.goesTo('Home')
  await tab.sees(tab.heading('Sign in'))
  await tab.fills({ Email: anna.email, Password: anna.details.password })
  await tab.presses('Sign in')
  await tab.sees(tab.crud(message))
  await tab.waitsForHydration()
  await tab.goesTo('Notifications')
  await tab.sees(tab.heading('Notifications'))
  await tab.goesTo('Home')
  await opensCrud(tab, message)
})

test('when the session was ended elsewhere, a background poll keeps the text that is being typed', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await refusesSockets(tab)
  await tab.page.clock.install()
  await tab.opens('/')
  const text = `Words of ${anna.handle} that took a while`
  await tab.fills({ 'Your crud': text })
  tab.expects(401)
  expect((await anna.delete('/api/session/all')).status).toBe(204)

  // The queries are stale by now, so that a return to the tab reads them again.
  const rejected = tab.page.waitForResponse((response) => response.status() === 401)
  await tab.page.clock.fastForward(60_000)
  await tab.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  await rejected
  await tab.presses('Crud')
  // The 401 deletes the cookies, before this request or after it.
  await tab.sees(tab.main.getByText(/^Not sent\. It is kept here\. .*Please sign in (first|again)\.$/))
  expect(await tab.main.getByRole('textbox').inputValue()).toBe(text)
})

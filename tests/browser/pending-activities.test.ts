import type { Route } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { posts, replies, sendsMessage } from '../support/actors/actions.ts'
import { expireActivities, users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { seesSaved, toast, uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

const KEPT = 'Not sent. It is kept here; try again.'

/** Holds what is sent to an address; what it returns lets it go on its way, or loses it. */
async function holds(tab: Tab, url: string): Promise<(how: 'continue' | 'abort') => Promise<void>> {
  const routes: Route[] = []
  await tab.page.route(url, (route) => void routes.push(route))
  return async (how) => {
    await expect.poll(() => routes.length).toBeGreaterThan(0)
    await Promise.all(routes.map((route) => (how === 'abort' ? route.abort('aborted') : route.continue())))
    await tab.page.unroute(url)
  }
}

const box = (tab: Tab) => tab.field('Your crud').inputValue()

/** Leaves home, and comes back within the app: to another form. */
async function leavesAndReturns(tab: Tab): Promise<void> {
  await tab.goesTo('Notifications')
  await tab.sees(tab.heading('Notifications'))
  await tab.goesTo('Home')
  await tab.sees(tab.field('Your crud'))
}

const reloads = async (tab: Tab) => {
  await tab.page.reload()
  await tab.waitsForHydration()
}

test('words that could not be sent come back to the box that stands there by then', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const words = uniqueText('Said on the way')
  const settle = await holds(tab, '**/api/activities')
  await tab.fills({ 'Your crud': words })
  await tab.main.getByRole('radio', { name: '12 hours' }).check()
  await tab.presses('Crud')
  await leavesAndReturns(tab)
  expect(await box(tab)).toBe('')
  await settle('abort')
  await tab.sees(toast(tab, KEPT))
  expect(await box(tab)).toBe(words)
  expect(await tab.main.getByRole('radio', { name: '12 hours' }).isChecked()).toBe(true)
  await tab.presses('Crud')
  await seesSaved(tab, words)
  await reloads(tab)
  expect(await box(tab)).toBe('')
})

test('they stand before what was typed since, on both pages, and nothing of it is lost', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const settle = await holds(tab, '**/api/activities')
  await tab.fills({ 'Your crud': 'One' })
  await tab.presses('Crud')
  await tab.fills({ 'Your crud': 'Two' })
  await leavesAndReturns(tab)
  expect(await box(tab)).toBe('Two')
  await tab.field('Your crud').press('End')
  await tab.page.keyboard.type(', three')
  await settle('abort')
  await expect.poll(() => box(tab)).toBe('One\nTwo, three')
  await reloads(tab)
  expect(await box(tab)).toBe('One\nTwo, three')
})

test.each([
  ['one is there again', true],
  ['one is elsewhere', false],
])('words arrive while %s: what was typed since stays, and only that', async (_, isThere) => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const words = uniqueText('Arrives')
  const settle = await holds(tab, '**/api/activities')
  await tab.fills({ 'Your crud': words })
  await tab.presses('Crud')
  await tab.fills({ 'Your crud': 'Typed since' })
  await leavesAndReturns(tab)
  if (!isThere) {
    await tab.goesTo('Notifications')
    await tab.sees(tab.heading('Notifications'))
  }
  const answered = tab.page.waitForResponse((response) => response.url().endsWith('/api/activities'))
  await settle('continue')
  await answered
  if (!isThere) await tab.goesTo('Home')
  await seesSaved(tab, words)
  expect(await box(tab)).toBe('Typed since')
  await reloads(tab)
  expect(await box(tab)).toBe('Typed since')
})

/** Anna came by a crud to its reply; what she answers that with is on its way until `settle`. */
async function answering() {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const asked = await posts(ben, uniqueText('Asked'))
  const reply = await replies(ben, asked, uniqueText('Answered'))
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const at = ({ uuid }: { uuid: string }) => `/@${ben.handle}/status/${uuid}`
  await tab.opens(at(asked))
  await opensCrud(tab, reply.message)
  await tab.comesTo(at(reply))
  const words = uniqueText('Too late')
  const settle = await holds(tab, `**/api/activities/${reply.uuid}/replies`)
  await tab.fills({ 'Your reply': words })
  await tab.presses('Reply')
  return { tab, asked, reply, at, words, settle }
}

test('it burns out while one writes, and one goes on to another: its words stay with it', async () => {
  const { tab, asked, reply, at, words, settle } = await answering()
  await tab.fills({ 'Your reply': 'And then' })
  await expireActivities(site.db, reply.uuid)
  tab.expects(410)
  await settle('continue')
  await tab.sees(tab.heading('It burnt out while you wrote'))
  expect(await box(tab)).toBe(`${words}\nAnd then`)

  await tab.page.goBack()
  await tab.comesTo(at(asked))
  await tab.sees(tab.heading('Crud'))
  expect(await tab.field('Your reply').inputValue()).toBe('')
  await tab.page.goForward()
  await tab.sees(tab.heading('It burnt out while you wrote'))
  expect(await box(tab)).toBe(`${words}\nAnd then`)
  await tab.presses('Crud')
  await tab.comesTo('/')
  await seesSaved(tab, words)
})

test('it burns out after one has gone on to another: the words wait at its address', async () => {
  const { tab, asked, reply, at, words, settle } = await answering()
  await tab.page.goBack()
  await tab.comesTo(at(asked))
  await tab.sees(tab.heading('Crud'))
  await expireActivities(site.db, reply.uuid)
  tab.expects(410)
  await settle('continue')
  await tab.sees(toast(tab, KEPT))
  await tab.sees(tab.heading('Crud'))
  expect(await tab.field('Your reply').inputValue()).toBe('')
  await tab.opens(at(reply), 410)
  await tab.sees(tab.heading('It burnt out while you wrote'))
  expect(await box(tab)).toBe(words)
})

test('several that could not be sent come back in the order in which they were written', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const routes = new Map<string, Route>()
  await tab.page.route('**/api/activities', (route) => {
    routes.set(route.request().postDataJSON().message, route)
  })
  for (const words of ['One', 'Two', 'Three']) {
    await tab.fills({ 'Your crud': words })
    await tab.presses('Crud')
  }
  await tab.fills({ 'Your crud': 'Typed since' })
  await expect.poll(() => routes.size).toBe(3)
  for (const [words, there] of [
    ['Two', 'Two\nTyped since'],
    ['Three', 'Two\nThree\nTyped since'],
    ['One', 'One\nTwo\nThree\nTyped since'],
  ] as const) {
    if (words === 'Three') await leavesAndReturns(tab)
    await routes.get(words)?.abort('aborted')
    await expect.poll(() => box(tab)).toBe(there)
  }
  await tab.page.unroute('**/api/activities')
  await tab.presses('Crud')
  await seesSaved(tab, 'Typed since')
  await reloads(tab)
  expect(await box(tab)).toBe('')
})

test('some came back and some are on their way: a tab that is closed keeps all, in their order', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const routes: Route[] = []
  await tab.page.route('**/api/activities', (route) => void routes.push(route))
  for (const words of ['One', 'Two']) {
    await tab.fills({ 'Your crud': words })
    await tab.presses('Crud')
    await expect.poll(() => routes.length).toBe(words === 'One' ? 1 : 2)
  }
  await routes[0]?.abort('aborted')
  await expect.poll(() => box(tab)).toBe('One')
  await reloads(tab)
  expect(await box(tab)).toBe('One\nTwo')
})

test('messages that could not be sent come back in their order', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/${group}`)
  const held = Promise.withResolvers<void>()
  await tab.page.route('**/api/messages', async (route) => {
    await held.promise
    await route.abort('aborted')
  })
  for (const words of ['One', 'Two', 'Three']) {
    await tab.fills({ 'Message to Ben': words })
    await tab.presses('Send')
  }
  held.resolve()
  await expect.poll(() => tab.field('Message to Ben').inputValue()).toBe('One\nTwo\nThree')
})

test('two replies are on their way when it burns out: their words stand once, and the page says it alone', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const asked = await posts(ben, uniqueText('Asked'))
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/@${ben.handle}/status/${asked.uuid}`)
  const routes: Route[] = []
  await tab.page.route(`**/api/activities/${asked.uuid}/replies`, (route) => void routes.push(route))
  for (const words of ['One', 'Two']) {
    await tab.fills({ 'Your reply': words })
    await tab.presses('Reply')
    await expect.poll(() => routes.length).toBe(words === 'One' ? 1 : 2)
  }
  await expireActivities(site.db, asked.uuid)
  tab.expects(410)
  for (const [i, there] of ['One', 'One\nTwo'].entries()) {
    await routes[i]?.continue()
    await tab.sees(tab.heading('It burnt out while you wrote'))
    await expect.poll(() => box(tab)).toBe(there)
  }
  expect(await toast(tab, KEPT).count()).toBe(0)
})

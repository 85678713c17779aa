import type { Route } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { posts, replies, sendsMessage } from '../support/actors/actions.ts'
import { expireActivities, users } from '../support/actors/many-users.ts'
import { haveMet } from '../support/fixtures/have-met.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { seesSaved, toast, uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

const NOT_SENT = 'Not sent. It is kept here; try again.'

/** Holds requests to a URL; the returned function continues or aborts them. */
async function holdRequests(tab: Tab, url: string): Promise<(action: 'continue' | 'abort') => Promise<void>> {
  const routes: Route[] = []
  await tab.page.route(url, (route) => void routes.push(route))
  return async (action) => {
    await expect.poll(() => routes.length).toBeGreaterThan(0)
    await Promise.all(routes.map((route) => (action === 'abort' ? route.abort('aborted') : route.continue())))
    await tab.page.unroute(url)
  }
}

const composerText = (tab: Tab) => tab.field('Your crud').inputValue()

/** Leaves home and returns within the app, which mounts a new form. */
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

test('a crud that failed to send is restored to the form that is mounted by then', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const text = uniqueText('Said on the way')
  const settle = await holdRequests(tab, '**/api/activities')
  await tab.fills({ 'Your crud': text })
  await tab.main.getByRole('radio', { name: '12 hours' }).check()
  await tab.presses('Crud')
  await leavesAndReturns(tab)
  expect(await composerText(tab)).toBe('')
  await settle('abort')
  await tab.sees(toast(tab, NOT_SENT))
  await expect.poll(() => composerText(tab)).toBe(text)
  expect(await tab.main.getByRole('radio', { name: '12 hours' }).isChecked()).toBe(true)
  await tab.presses('Crud')
  await seesSaved(tab, text)
  await reloads(tab)
  expect(await composerText(tab)).toBe('')
})

test('a restored text goes before what was typed since, and both survive a reload', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const settle = await holdRequests(tab, '**/api/activities')
  await tab.fills({ 'Your crud': 'One' })
  await tab.presses('Crud')
  await tab.fills({ 'Your crud': 'Two' })
  await leavesAndReturns(tab)
  expect(await composerText(tab)).toBe('Two')
  await tab.field('Your crud').press('End')
  await tab.page.keyboard.type(', three')
  await settle('abort')
  await expect.poll(() => composerText(tab)).toBe('One\nTwo, three')
  await reloads(tab)
  expect(await composerText(tab)).toBe('One\nTwo, three')
})

test.each([
  ['its form is mounted', true],
  ['another page is open', false],
])('a crud is confirmed while %s: only what was typed since stays in the form', async (_, isMounted) => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const text = uniqueText('Arrives')
  const settle = await holdRequests(tab, '**/api/activities')
  await tab.fills({ 'Your crud': text })
  await tab.presses('Crud')
  await tab.fills({ 'Your crud': 'Typed since' })
  await leavesAndReturns(tab)
  if (!isMounted) {
    await tab.goesTo('Notifications')
    await tab.sees(tab.heading('Notifications'))
  }
  const answered = tab.page.waitForResponse((response) => response.url().endsWith('/api/activities'))
  await settle('continue')
  await answered
  if (!isMounted) await tab.goesTo('Home')
  await seesSaved(tab, text)
  expect(await composerText(tab)).toBe('Typed since')
  await reloads(tab)
  expect(await composerText(tab)).toBe('Typed since')
})

/** Anna opens a crud, then a reply to it, and replies to that: pending until `settle`. */
async function makePendingReply() {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const parent = await posts(ben, uniqueText('Asked'))
  const reply = await replies(ben, parent, uniqueText('Answered'))
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const at = ({ uuid }: { uuid: string }) => `/@${ben.handle}/status/${uuid}`
  await tab.opens(at(parent))
  await opensCrud(tab, reply.message)
  await tab.comesTo(at(reply))
  const text = uniqueText('Too late')
  const settle = await holdRequests(tab, `**/api/activities/${reply.uuid}/replies`)
  await tab.fills({ 'Your reply': text })
  await tab.presses('Reply')
  return { tab, asked: parent, reply, at, words: text, settle }
}

test('if the parent expires while replies are pending, its page keeps their texts across Back and Forward', async () => {
  const { tab, asked: parent, reply, at, words: text, settle } = await makePendingReply()
  await tab.fills({ 'Your reply': 'And then' })
  tab.expects(410)
  await expireActivities(site.db, reply.uuid)
  await settle('continue')
  await tab.sees(tab.heading('It burnt out while you were writing'))
  expect(await composerText(tab)).toBe(`${text}\nAnd then`)

  await tab.page.goBack()
  await tab.comesTo(at(parent))
  await tab.sees(tab.heading('Crud'))
  expect(await tab.field('Your reply').inputValue()).toBe('')
  await tab.page.goForward()
  await tab.sees(tab.heading('It burnt out while you were writing'))
  expect(await composerText(tab)).toBe(`${text}\nAnd then`)
  await tab.presses('Crud')
  await tab.comesTo('/')
  await seesSaved(tab, text)
})

test('if the parent expires after its page was left, the text of the reply waits on that page', async () => {
  const { tab, asked: parent, reply, at, words: text, settle } = await makePendingReply()
  await tab.page.goBack()
  await tab.comesTo(at(parent))
  await tab.sees(tab.heading('Crud'))
  tab.expects(410)
  await expireActivities(site.db, reply.uuid)
  await settle('continue')
  await tab.sees(toast(tab, NOT_SENT))
  await tab.sees(tab.heading('Crud'))
  expect(await tab.field('Your reply').inputValue()).toBe('')
  await tab.opens(at(reply), 410)
  await tab.sees(tab.heading('It burnt out while you were writing'))
  expect(await composerText(tab)).toBe(text)
})

test('several cruds that failed to send are restored in the order in which they were written', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const routes = new Map<string, Route>()
  await tab.page.route('**/api/activities', (route) => {
    routes.set(route.request().postDataJSON().message, route)
  })
  for (const text of ['One', 'Two', 'Three']) {
    await tab.fills({ 'Your crud': text })
    await tab.presses('Crud')
  }
  await tab.fills({ 'Your crud': 'Typed since' })
  await expect.poll(() => routes.size).toBe(3)
  for (const [text, expected] of [
    ['Two', 'Two\nTyped since'],
    ['Three', 'Two\nThree\nTyped since'],
    ['One', 'One\nTwo\nThree\nTyped since'],
  ] as const) {
    if (text === 'Three') await leavesAndReturns(tab)
    await routes.get(text)?.abort('aborted')
    await expect.poll(() => composerText(tab)).toBe(expected)
  }
  await tab.page.unroute('**/api/activities')
  await tab.presses('Crud')
  await seesSaved(tab, 'Typed since')
  await reloads(tab)
  expect(await composerText(tab)).toBe('')
})

test('a reload restores failed and pending cruds in their order', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const routes: Route[] = []
  await tab.page.route('**/api/activities', (route) => void routes.push(route))
  for (const text of ['One', 'Two']) {
    await tab.fills({ 'Your crud': text })
    await tab.presses('Crud')
    await expect.poll(() => routes.length).toBe(text === 'One' ? 1 : 2)
  }
  await routes[0]?.abort('aborted')
  await expect.poll(() => composerText(tab)).toBe('One')
  await reloads(tab)
  expect(await composerText(tab)).toBe('One\nTwo')
})

test('messages that failed to send are restored in their order', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await haveMet(site.db, ben, anna)
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/${group}`)
  const released = Promise.withResolvers<void>()
  await tab.page.route('**/api/messages', async (route) => {
    await released.promise
    await route.abort('aborted')
  })
  for (const text of ['One', 'Two', 'Three']) {
    await tab.fills({ 'Message to Ben': text })
    await tab.presses('Send')
  }
  released.resolve()
  await expect.poll(() => tab.field('Message to Ben').inputValue()).toBe('One\nTwo\nThree')
})

test('if the parent expires with two replies pending, each text is restored once, without a toast', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const parent = await posts(ben, uniqueText('Asked'))
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/@${ben.handle}/status/${parent.uuid}`)
  const routes: Route[] = []
  await tab.page.route(`**/api/activities/${parent.uuid}/replies`, (route) => void routes.push(route))
  for (const text of ['One', 'Two']) {
    await tab.fills({ 'Your reply': text })
    await tab.presses('Reply')
    await expect.poll(() => routes.length).toBe(text === 'One' ? 1 : 2)
  }
  tab.expects(410)
  await expireActivities(site.db, parent.uuid)
  for (const [i, expected] of ['One', 'One\nTwo'].entries()) {
    await routes[i]?.continue()
    await tab.sees(tab.heading('It burnt out while you were writing'))
    await expect.poll(() => composerText(tab)).toBe(expected)
  }
  expect(await toast(tab, NOT_SENT).count()).toBe(0)
})

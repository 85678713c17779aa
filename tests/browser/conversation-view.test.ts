import type { Locator } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { reads, sendsMessage } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { messagesShown, sends } from './support/conversation.ts'
import { refocusesTab } from './support/navigation.ts'
import { toast } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

// What one sees of a conversation, and what counts as seen.

const site = await openSite()
const browser = await openBrowser(site)
afterEach(() => site.database.setOutage(false))

/** Anna and Ben, who has written so much that it takes more than one page. */
async function talk(count = 45) {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const { message_group_uuid: group } = await sendsMessage(ben, anna, '0')
  await site.db.sql(
    `insert into messages (message_group_uuid, user_uuid, message)
     select $1, $2, number::text from generate_series(1, $3::integer - 1) number`,
    [group, ben.uuid, count],
  )
  return { anna, ben, group }
}

const unreadOf = async (anna: Actor, group: string): Promise<number> =>
  (await reads(anna, `/api/message_groups/${group}`)).unread_count

const list = (tab: Tab) => tab.main.getByRole('region', { name: 'What was said' })
const scrolls = (tab: Tab, top: number) => list(tab).evaluate((element, top) => element.scrollTo(0, top), top)
const isSeen = (tab: Tab, item: Locator) =>
  expect
    .poll(async () => {
      const [of, within] = [await item.boundingBox(), await list(tab).boundingBox()]
      return of && within && of.y >= within.y && of.y + of.height <= within.y + within.height
    })
    .toBe(true)

test('what one sends from further up is seen', async () => {
  const { anna, group } = await talk()
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/${group}`)
  await scrolls(tab, -500)
  await sends(tab, 'Ben', 'Seen')
  await isSeen(tab, list(tab).getByText('Seen', { exact: true }))
  expect(await list(tab).evaluate((element) => element.scrollTop)).toBe(0)
})

test('what comes in below is unread until one has scrolled there', async () => {
  const { anna, ben, group } = await talk()
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/${group}`)
  await expect.poll(() => unreadOf(anna, group)).toBe(0)
  await scrolls(tab, -500)
  await sendsMessage(ben, anna, 'Below')
  await refocusesTab(tab)
  await expect.poll(async () => (await messagesShown(tab)).at(-1)).toBe('Ben: Below')
  await tab.page.waitForLoadState('networkidle')
  expect(await unreadOf(anna, group)).toBe(1)
  await scrolls(tab, 0)
  await expect.poll(() => unreadOf(anna, group)).toBe(0)
})

test('when marking as read has failed, the next message marks both', async () => {
  const { anna, ben, group } = await talk(2)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.page.route('**/read', (route) => route.abort('aborted'))
  const failed = tab.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/read'))
  await tab.opens(`/messages/${group}`)
  await failed
  await tab.page.unroute('**/read')
  expect(await unreadOf(anna, group)).toBe(2)
  await sendsMessage(ben, anna, 'One more')
  await refocusesTab(tab)
  await expect.poll(() => unreadOf(anna, group)).toBe(0)
})

test('earlier messages that could not be loaded say so, and are tried again', async () => {
  const { anna, group } = await talk()
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/${group}`)
  tab.expects(503)
  await tab.page.route('**/messages?cursor=*', (route) =>
    route.fulfill({ status: 503, json: { errors: [{ code: 'database_unavailable' }], request_id: '' } }),
  )
  await tab.follows('Earlier messages')
  await tab.sees(toast(tab, 'Not loaded.'))
  await tab.page.unroute('**/messages?cursor=*')
  await tab.follows('Not loaded. Try again')
  await expect.poll(() => messagesShown(tab)).toHaveLength(40)
  await tab.doesNotSee(toast(tab, 'Not loaded.'))
})

test.each([360, 768])('at %i px neither a notice nor being offline lies over the box', async (width) => {
  const { anna, group } = await talk(2)
  const tab = await browser.tab({ as: anna, viewport: { width, height: 760 } })
  // Home is there without the network, once it has been seen.
  await tab.opens(`/messages/${group}`)
  await tab.goesTo('Home')
  await tab.sees(tab.field('Your crud'))
  await tab.page.goBack()
  await tab.sees(tab.field('Message to Ben'))
  const box = tab.page.locator('.message-form')
  // What is tied to the box follows it in the next frame.
  const overlaps = async (line: Locator) => {
    const [over, under] = [await line.boundingBox(), await box.boundingBox()]
    if (!over || !under) throw new Error('Both have to be there.')
    return over.y + over.height > under.y && over.y < under.y + under.height
  }
  await tab.context.setOffline(true)
  const offline = toast(tab, 'You are offline. Your words are safe.')
  await tab.sees(offline)
  for (const words of ['One line', 'Line\n'.repeat(5)]) {
    await tab.fills({ 'Message to Ben': words })
    await expect.poll(() => overlaps(offline), { message: words }).toBe(false)
  }
  // A notice comes from what was sent before one left and came back.
  const held = Promise.withResolvers<void>()
  await tab.page.route('**/api/messages', async (route) => {
    await held.promise
    await route.abort('aborted')
  })
  await tab.presses('Send')
  await tab.goesTo('Home')
  await tab.sees(tab.field('Your crud'))
  await tab.page.goBack()
  await tab.sees(tab.field('Message to Ben'))
  held.resolve()
  const said = toast(tab, 'Not sent. It is kept here; try again.')
  await tab.sees(said)
  await tab.page.evaluate(() => window.scrollTo(0, 100))
  for (const line of [offline, said]) await expect.poll(() => overlaps(line)).toBe(false)
})

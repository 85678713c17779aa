import type { Locator } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { reads, sendsMessage } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { users } from '../support/actors/many-users.ts'
import { haveMet } from '../support/fixtures/have-met.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { messagesShown, sends } from './support/conversation.ts'
import { navLink, refocusesTab } from './support/navigation.ts'
import { toast } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

// Scrolling, reading and loading in a conversation.

const site = await openSite()
const browser = await openBrowser(site)
afterEach(() => site.database.setOutage(false))

/** Makes a conversation with `count` messages from Ben: by default more than a page. */
async function makeConversation(count = 45) {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await haveMet(site.db, ben, anna)
  const { message_group_uuid: group } = await sendsMessage(ben, anna, '0')
  await site.db.sql(
    `insert into messages (message_group_uuid, user_uuid, message)
     select $1, $2, number::text from generate_series(1, $3::integer - 1) number`,
    [group, ben.uuid, count],
  )
  return { anna, ben, group }
}

const unreadCount = async (anna: Actor, group: string): Promise<number> =>
  (await reads(anna, `/api/message_groups/${group}`)).unread_count

const messageList = (tab: Tab) => tab.main.getByRole('region', { name: 'Messages' })
/** Scrolls the messages, and waits until the page knows. */
const scrollsTo = (tab: Tab, top: number) =>
  messageList(tab).evaluate(async (element, top) => {
    element.scrollTo(0, top)
    // The event is dispatched before the next frame.
    await new Promise(requestAnimationFrame)
  }, top)
const waitUntilVisible = (tab: Tab, item: Locator) =>
  expect
    .poll(async () => {
      const [box, container] = [await item.boundingBox(), await messageList(tab).boundingBox()]
      return box && container && box.y >= container.y && box.y + box.height <= container.y + container.height
    })
    .toBe(true)

test('sending a message scrolls to it', async () => {
  const { anna, group } = await makeConversation()
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/${group}`)
  await scrollsTo(tab, -500)
  await sends(tab, 'Ben', 'Seen')
  await waitUntilVisible(tab, messageList(tab).getByText('Seen', { exact: true }))
  expect(await messageList(tab).evaluate((element) => element.scrollTop)).toBe(0)
})

test('a message that arrives below the view stays unread until it is scrolled to', async () => {
  const { anna, ben, group } = await makeConversation()
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/${group}`)
  // The page has marked all as read, and knows.
  await tab.sees(navLink(tab, 'Messages'))
  await scrollsTo(tab, -500)
  await sendsMessage(ben, anna, 'Below')
  await refocusesTab(tab)
  await expect.poll(async () => (await messagesShown(tab)).at(-1)).toBe('Ben: Below')
  await tab.page.waitForLoadState('networkidle')
  expect(await unreadCount(anna, group)).toBe(1)
  await scrollsTo(tab, 0)
  await expect.poll(() => unreadCount(anna, group)).toBe(0)
})

test('after a failed request to mark as read, the next message marks all as read', async () => {
  const { anna, ben, group } = await makeConversation(2)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.page.route('**/read', (route) => route.abort('aborted'))
  const failed = tab.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/read'))
  await tab.opens(`/messages/${group}`)
  await failed
  await tab.page.unroute('**/read')
  expect(await unreadCount(anna, group)).toBe(2)
  await sendsMessage(ben, anna, 'One more')
  await refocusesTab(tab)
  await expect.poll(() => unreadCount(anna, group)).toBe(0)
})

test('a failed load of earlier messages shows a message and can be retried', async () => {
  const { anna, group } = await makeConversation()
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

test.each([360, 768])('at %i px neither a toast nor the offline notice covers the message box', async (width) => {
  const { anna, group } = await makeConversation(2)
  const tab = await browser.tab({ as: anna, viewport: { width, height: 760 } })
  // Once loaded, home opens without the network.
  await tab.opens(`/messages/${group}`)
  await tab.goesTo('Home')
  await tab.sees(tab.field('Your crud'))
  await tab.page.goBack()
  await tab.sees(tab.field('Message to Ben'))
  const box = tab.page.locator('.message-form')
  // Notices follow the height of the box one frame later.
  const overlaps = async (notice: Locator) => {
    const [noticeBox, formBox] = [await notice.boundingBox(), await box.boundingBox()]
    if (!noticeBox || !formBox) throw new Error('The notice or the box is missing.')
    return noticeBox.y + noticeBox.height > formBox.y && noticeBox.y < formBox.y + formBox.height
  }
  await tab.context.setOffline(true)
  const offline = toast(tab, 'You’re offline. Your words are safe.')
  await tab.sees(offline)
  for (const text of ['One line', 'Line\n'.repeat(5)]) {
    await tab.fills({ 'Message to Ben': text })
    await expect.poll(() => overlaps(offline), { message: text }).toBe(false)
  }
  // A message that fails after its page was left is reported by a toast.
  const released = Promise.withResolvers<void>()
  await tab.page.route('**/api/messages', async (route) => {
    await released.promise
    await route.abort('aborted')
  })
  await tab.presses('Send')
  await tab.goesTo('Home')
  await tab.sees(tab.field('Your crud'))
  await tab.page.goBack()
  await tab.sees(tab.field('Message to Ben'))
  released.resolve()
  const failedToast = toast(tab, 'Not sent. It is kept here; try again.')
  await tab.sees(failedToast)
  await tab.page.evaluate(() => window.scrollTo(0, 100))
  for (const notice of [offline, failedToast]) await expect.poll(() => overlaps(notice)).toBe(false)
})

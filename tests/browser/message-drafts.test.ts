import { afterEach, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { blocks, follows, sendsMessage } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { haveMet } from '../support/fixtures/have-met.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { CONVERSATION, messagesShown, sends } from './support/conversation.ts'
import { navLink, opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { descriptionOf } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)
afterEach(() => site.database.setOutage(false))

const NOT_SENT = 'Not sent. It is kept here; try again.'

/** The stored messages of these users, oldest first. */
const storedMessages = async (...handles: string[]) => {
  const rows = await site.db.sql<{ message: string }>(
    `select message from messages join users on users.uuid = messages.user_uuid
     where handle = any($1) order by messages.uuid`,
    [handles],
  )
  return rows.map(({ message }) => message)
}

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, a message that could not be sent is kept, and a retry stores it once',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    await haveMet(site.db, ben, anna)
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, `/messages/${group}`, scripted)
    if (scripted) await tab.sees(navLink(tab, 'Messages'))
    tab.expects(503)
    site.database.setOutage(true)
    await sends(tab, 'Ben', 'It took a while')
    if (scripted) {
      await tab.sees(NOT_SENT)
      expect(await descriptionOf(tab.field('Message to Ben'))).toContain(NOT_SENT)
    } else {
      await tab.sees(tab.main.getByText('Your words are still here. Copy them, then try again.'))
    }
    expect(await tab.main.getByRole('textbox').inputValue()).toBe('It took a while')
    site.database.setOutage(false)
    if (!scripted) return

    await tab.presses('Send')
    await expect.poll(() => messagesShown(tab)).toEqual(['Ben: hi', 'You: It took a while'])
    await tab.doesNotSee(NOT_SENT)
    expect(await storedMessages(anna.handle)).toEqual(['It took a while'])
  },
)

test('a retry after a lost response stores the message once', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await haveMet(site.db, ben, anna)
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/${group}`)
  await tab.page.route('**/api/messages', async (route) => {
    await route.fetch()
    await route.abort('aborted')
  })
  await sends(tab, 'Ben', 'Said once')
  await tab.sees(NOT_SENT)
  await tab.page.unroute('**/api/messages')
  await tab.presses('Send')
  await tab.doesNotSee(NOT_SENT)
  await expect.poll(() => messagesShown(tab)).toEqual(['Ben: hi', 'You: Said once'])
  expect(await storedMessages(anna.handle)).toEqual(['Said once'])
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, an empty, unknown or own handle is rejected with a message, and the typed words stay',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/messages', scripted)
    const error = () => descriptionOf(tab.field('To'))
    await tab.presses('Write')
    await expect.poll(error).toBe('Who is it for? Enter a handle.')
    const unknown = 'We can’t find anyone with that handle or name. Check it for typos.'
    for (const typed of ['two words', '!?', '@nobody_is_this']) {
      // The lookup of a handle that nobody has.
      if (scripted && typed !== 'two words') tab.expects(typed === '!?' ? 422 : 404)
      await tab.fills({ To: typed })
      await tab.presses('Write')
      await tab.comesTo(`/messages?to=${encodeURIComponent(typed).replace('%20', '+').replace('!', '%21')}`)
      await expect.poll(error).toBe(unknown)
      expect(await tab.field('To').inputValue()).toBe(typed)
      await tab.sees(tab.heading('Messages'))
    }
    // The document of the same path hydrates without a mismatch.
    await opensPage(tab, '/messages?to=two+words', scripted)
    await expect.poll(error).toBe(unknown)
    // The own handle has no conversation.
    if (scripted) tab.expects(404)
    await tab.fills({ To: `@${anna.handle}` })
    await tab.presses('Write')
    await tab.sees('That’s you. Messages are for other people.')
    expect(await tab.main.getByRole('textbox').count()).toBe(0)
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, a message to a user who has blocked the sender meanwhile is kept',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    await haveMet(site.db, ben, anna)
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, `/messages/${group}`, scripted)
    // Also of reads that are under way when the block takes effect.
    tab.expects(404)
    await blocks(ben, anna)
    await sends(tab, 'Ben', 'Are you there?')
    if (!scripted) return tab.sees(tab.heading('Nothing is here'))
    await tab.sees('Not sent. You can’t message each other.')
    expect(await tab.field('Message to Ben').inputValue()).toBe('Are you there?')
  },
)

test('a first message that could not be sent is kept, and a retry stores it once', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/new/${ben.handle}`)
  tab.expects(503)
  site.database.setOutage(true)
  await sends(tab, 'Ben', 'It took a while')
  await tab.sees(NOT_SENT)
  expect(await tab.field('Message to Ben').inputValue()).toBe('It took a while')
  site.database.setOutage(false)
  await tab.presses('Send')
  await tab.comesTo(CONVERSATION)
  await expect.poll(() => messagesShown(tab)).toEqual(['You: It took a while'])
  expect(await storedMessages(anna.handle)).toEqual(['It took a while'])
})

test.each([
  ['within the app', true],
  ['as a document', false],
])('a draft begun before the other wrote first is in the conversation, opened %s', async (_, isWithinApp) => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/new/${ben.handle}`)
  await tab.fills({ 'Message to Ben': 'As I was saying' })
  await sendsMessage(ben, anna, 'hi')
  if (isWithinApp) {
    // The name of the link gets the unread count once the nudge arrives.
    const navigation = tab.page.getByRole('navigation', { name: 'Main' })
    await navigation.getByRole('link', { name: /^Messages/ }).click()
    await tab.sees(tab.heading('Messages'))
    await tab.main.getByRole('link', { name: /Ben/ }).click()
  } else {
    await tab.opens(`/messages/new/${ben.handle}`)
  }
  await tab.comesTo(CONVERSATION)
  await expect.poll(() => tab.field('Message to Ben').inputValue()).toBe('As I was saying')
  await tab.presses('Send')
  await expect.poll(() => messagesShown(tab)).toEqual(['Ben: hi', 'You: As I was saying'])
  await tab.page.reload()
  await tab.waitsForHydration()
  expect(await tab.field('Message to Ben').inputValue()).toBe('')
})

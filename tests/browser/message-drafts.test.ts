import { afterEach, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { blocks, sendsMessage } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { CONVERSATION, messagesShown, sends } from './support/conversation.ts'
import { navLink, opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { descriptionOf } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)
afterEach(() => site.database.setOutage(false))

const KEPT = 'Not sent. It is kept here; try again.'

/** What is stored of these people, oldest first. */
const storedBy = async (...handles: string[]) => {
  const rows = await site.db.sql<{ message: string }>(
    `select message from messages join users on users.uuid = messages.user_uuid
     where handle = any($1) order by messages.uuid`,
    [handles],
  )
  return rows.map(({ message }) => message)
}

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, words that could not be sent are kept, and go out once',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, `/messages/${group}`, scripted)
    if (scripted) await tab.sees(navLink(tab, 'Messages'))
    tab.expects(503)
    site.database.setOutage(true)
    await sends(tab, 'Ben', 'It took a while')
    if (scripted) {
      await tab.sees(KEPT)
      expect(await descriptionOf(tab.field('Message to Ben'))).toContain(KEPT)
    } else {
      await tab.sees(tab.main.getByText('Your words are kept here; copy them, then try again.'))
    }
    expect(await tab.main.getByRole('textbox').inputValue()).toBe('It took a while')
    site.database.setOutage(false)
    if (!scripted) return

    await tab.presses('Send')
    await expect.poll(() => messagesShown(tab)).toEqual(['Ben: hi', 'You: It took a while'])
    await tab.doesNotSee(KEPT)
    expect(await storedBy(anna.handle)).toEqual(['It took a while'])
  },
)

test('a message whose answer was lost is sent once, however often one tries', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/${group}`)
  await tab.page.route('**/api/messages', async (route) => {
    await route.fetch()
    await route.abort('aborted')
  })
  await sends(tab, 'Ben', 'Said once')
  await tab.sees(KEPT)
  await tab.page.unroute('**/api/messages')
  await tab.presses('Send')
  await tab.doesNotSee(KEPT)
  await expect.poll(() => messagesShown(tab)).toEqual(['Ben: hi', 'You: Said once'])
  expect(await storedBy(anna.handle)).toEqual(['Said once'])
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, oneself, nobody and no handle are refused with a sentence',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/messages', scripted)
    await tab.presses('Write')
    await expect.poll(() => descriptionOf(tab.field('To'))).toBe('Whom is it for? Enter a handle.')
    await tab.fills({ To: 'two words' })
    await tab.presses('Write')
    await expect.poll(() => descriptionOf(tab.field('To'))).toContain('A handle has letters a to z')
    expect(await tab.field('To').inputValue()).toBe('two words')
    // The document of the same address is taken over as it is.
    await opensPage(tab, '/messages?to=two+words', scripted)
    await expect.poll(() => descriptionOf(tab.field('To'))).toContain('A handle has letters a to z')
    // There is no conversation with oneself, and none with nobody.
    tab.expects(404)
    await tab.fills({ To: `@${anna.handle}` })
    await tab.presses('Write')
    await tab.sees('That is you. Messages go to other people.')
    expect(await tab.main.getByRole('textbox').count()).toBe(0)

    await opensPage(tab, '/messages', scripted)
    await tab.fills({ To: 'nobody_is_this' })
    await tab.presses('Write')
    await tab.sees(tab.heading('Nothing is here'))
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, words to somebody who has blocked one meanwhile are kept',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, `/messages/${group}`, scripted)
    await blocks(ben, anna)
    tab.expects(404)
    await sends(tab, 'Ben', 'Are you there?')
    if (!scripted) return tab.sees(tab.heading('Nothing is here'))
    await tab.sees('Not sent. You cannot write to each other.')
    expect(await tab.field('Message to Ben').inputValue()).toBe('Are you there?')
  },
)

test('the first words to somebody that could not be sent are kept, and go out once', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/new/${ben.handle}`)
  tab.expects(503)
  site.database.setOutage(true)
  await sends(tab, 'Ben', 'It took a while')
  await tab.sees(KEPT)
  expect(await tab.field('Message to Ben').inputValue()).toBe('It took a while')
  site.database.setOutage(false)
  await tab.presses('Send')
  await tab.comesTo(CONVERSATION)
  await expect.poll(() => messagesShown(tab)).toEqual(['You: It took a while'])
  expect(await storedBy(anna.handle)).toEqual(['It took a while'])
})

test.each([
  ['within the app', true],
  ['as a document', false],
])('words begun before the other wrote first are in the conversation, come to %s', async (_, within) => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/new/${ben.handle}`)
  await tab.fills({ 'Message to Ben': 'As I was saying' })
  await sendsMessage(ben, anna, 'hi')
  if (within) {
    await tab.goesTo('Messages')
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

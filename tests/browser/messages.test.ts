import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, lists, sendsMessage } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { haveMet } from '../support/fixtures/have-met.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { CONVERSATION, messagesShown, sends } from './support/conversation.ts'
import { seesFocus } from './support/keyboard.ts'
import { navLink, opensPage, refocusesTab, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { toast } from './support/page-actions.ts'
import { axeViolations, overflowingElements } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const conversationRows = (tab: Tab) => tab.main.getByRole('list', { name: 'Conversations' }).getByRole('link')

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, a first message from a profile arrives and is answered',
  async (_, scripted) => {
    const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
    await follows(ben, anna)
    const annaTab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const benTab = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: scripted })
    const refreshes = async (tab: Tab) => (scripted ? refocusesTab(tab) : void (await tab.page.reload()))
    await opensPage(benTab, '/messages', scripted)
    await benTab.sees('Messages burn out after 30 days.')
    await benTab.sees(benTab.main.getByText(/^Type a handle above/))

    await opensPage(annaTab, `/@${ben.handle}`, scripted)
    // The app looks up whether there is a conversation already.
    if (scripted) annaTab.expects(404)
    await annaTab.follows('Message')
    await annaTab.sees('No messages yet. What you write burns out after 30 days.')
    await sends(annaTab, 'Ben', 'Hello <b>you</b>\nhow are you?')
    await annaTab.comesTo(CONVERSATION)
    // The next message can be typed at once.
    await seesFocus(annaTab.field('Message to Ben'))
    expect(await annaTab.page.evaluate(() => window.scrollY)).toBe(0)
    await expect.poll(() => messagesShown(annaTab)).toEqual(['You: Hello <b>you</b>\nhow are you?'])
    expect(await annaTab.field('Message to Ben').inputValue()).toBe('')

    await refreshes(benTab)
    await benTab.sees(navLink(benTab, 'Messages, 1 new'))
    await conversationRows(benTab)
      .filter({ hasText: `@${anna.handle}, 1 new` })
      .click()
    await benTab.comesTo(CONVERSATION)
    await expect.poll(() => messagesShown(benTab)).toEqual(['Anna: Hello <b>you</b>\nhow are you?'])
    if (!scripted) await benTab.presses('Mark as read')
    await benTab.sees(navLink(benTab, 'Messages'))
    await sends(benTab, 'Anna', 'Well, and you?')
    await expect.poll(async () => (await messagesShown(benTab)).at(-1)).toBe('You: Well, and you?')

    await refreshes(annaTab)
    await expect
      .poll(() => messagesShown(annaTab))
      .toEqual(['You: Hello <b>you</b>\nhow are you?', 'Ben: Well, and you?'])
    expect(await lists(anna, '/api/message_groups')).toHaveLength(1)
  },
)

test('Enter sends messages that show at once and in order, and Shift+Enter breaks the line', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await haveMet(site.db, ben, anna)
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'zero')
  const tab = await browser.tab({ as: anna, viewport: DESKTOP })
  await tab.opens(`/messages/${group}`)
  await tab.page.evaluate(() => document.documentElement.setAttribute('data-same', ''))
  const box = tab.field('Message to Ben')
  for (const [message, keys] of [
    ['one', 'Enter'],
    ['two', 'Control+Enter'],
    ['three', 'Enter'],
  ] as const) {
    await box.fill(message)
    await tab.page.keyboard.press(keys)
    expect(await box.inputValue()).toBe('')
    // Nothing to send.
    await tab.page.keyboard.press(keys)
  }
  await expect.poll(() => messagesShown(tab)).toEqual(['Ben: zero', 'You: one', 'You: two', 'You: three'])
  await box.pressSequentially('four')
  await tab.page.keyboard.press('Shift+Enter')
  await box.pressSequentially('lines')
  expect(await box.inputValue()).toBe('four\nlines')
  // Enter that ends a composition, as of Japanese.
  await box.evaluate((element) => {
    const press = { key: 'Enter', bubbles: true, cancelable: true }
    element.dispatchEvent(new KeyboardEvent('keydown', { ...press, isComposing: true }))
    element.dispatchEvent(new KeyboardEvent('keydown', { ...press, keyCode: 229 }))
  })
  expect(await box.inputValue()).toBe('four\nlines')
  await tab.page.keyboard.press('Enter')
  await expect.poll(async () => (await messagesShown(tab)).at(-1)).toBe('You: four\nlines')
  const stored = await lists(anna, `/api/message_groups/${group}/messages`)
  expect(stored.map(({ message }) => message)).toEqual(['four\nlines', 'three', 'two', 'one', 'zero'])
  expect(await tab.page.evaluate(() => document.documentElement.hasAttribute('data-same'))).toBe(true)
  await tab.doesNotSee(tab.main.getByText('Write a word or two first.'))
})

test('on a phone, Enter breaks the line and the button sends', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await haveMet(site.db, ben, anna)
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'zero')
  const tab = await browser.tab({ as: anna, viewport: PHONE, hasTouch: true, isMobile: true })
  await tab.opens(`/messages/${group}`)
  const box = tab.field('Message to Ben')
  await box.pressSequentially('one')
  await tab.page.keyboard.press('Enter')
  await box.pressSequentially('more')
  expect(await box.inputValue()).toBe('one\nmore')
  await tab.presses('Send')
  await expect.poll(() => messagesShown(tab)).toEqual(['Ben: zero', 'You: one\nmore'])
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, a message shows its expiry on request, and its sender deletes it for both',
  async (_, scripted) => {
    const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
    await haveMet(site.db, ben, anna)
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'Ends in a day')
    await sendsMessage(anna, ben, 'Said too much')
    await sendsMessage(anna, ben, 'Stays')
    await site.db.sql(`update messages set expires_at = now() + interval '30 hours' where message = $1`, [
      'Ends in a day',
    ])
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const benTab = await browser.tab({ as: ben, javaScriptEnabled: scripted })
    await opensPage(tab, `/messages/${group}`, scripted)
    await opensPage(benTab, `/messages/${group}`, scripted)
    const item = (of: Tab, text: string) => of.main.getByRole('listitem').filter({ hasText: text })
    const summary = (of: Tab, text: string) => item(of, text).locator('summary')
    const opens = (of: Tab, text: string) => summary(of, text).click()

    // The dots that open the details need no pointer over the message.
    await tab.sees(item(tab, 'Said too much').locator('summary .icon'))
    expect(await summary(tab, 'Ends in a day').textContent()).toMatch(/^Sent .+, details$/)
    await opens(tab, 'Ends in a day')
    await tab.sees(item(tab, 'Ends in a day').getByText(/^Gone .+ · 30 hours left$/))
    expect(await item(tab, 'Ends in a day').getByRole('button').allTextContents()).toEqual(['Report'])
    await opens(tab, 'Said too much')
    await tab.sees(item(tab, 'Said too much').getByText(/^Gone .+ · 30 days left$/))
    if (scripted) expect([...(await axeViolations(tab)), ...(await overflowingElements(tab))]).toEqual([])
    await opens(benTab, 'Said too much')
    expect(await item(benTab, 'Said too much').getByRole('button').allTextContents()).toEqual(['Report'])

    const deletes = () => item(tab, 'Said too much').getByRole('button', { name: 'Delete for both of you' }).click()
    const left = ['Ben: Ends in a day', 'You: Stays']
    await deletes()
    await expect.poll(() => messagesShown(tab)).toEqual(left)
    if (scripted) {
      await tab.sees(toast(tab, 'Deleted for both of you.'))
      await seesFocus(summary(tab, 'Stays'))
      await tab.page.getByRole('button', { name: 'Undo' }).click()
      await tab.sees(toast(tab, 'It’s back.'))
      await seesFocus(summary(tab, 'Said too much'))
      await opens(tab, 'Said too much')
      await tab.page.clock.install()
      await deletes()
      await expect.poll(() => messagesShown(tab)).toEqual(left)
      await tab.page.clock.fastForward(5_000)
      await expect.poll(async () => (await lists(anna, `/api/message_groups/${group}/messages`)).length).toBe(2)
    }
    await (scripted ? refocusesTab(benTab) : benTab.page.reload())
    await expect.poll(() => messagesShown(benTab)).toEqual(['You: Ends in a day', 'Anna: Stays'])
    expect(tab.path).toBe(`/messages/${group}`)
  },
)

test('To completes a handle or a name without its accents, and picking opens the conversation', async () => {
  const anna = await site.actors.join('anna')
  const [zoe, other] = await users(site, 'person', 'person')
  const name = `Zoé Nyström ${crypto.randomUUID().slice(0, 8)}`
  await site.db.sql('update users set display_name = $2 where uuid = $1', [zoe.uuid, name])
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const box = tab.field('To')
  const option = (handle: string) => tab.main.getByRole('option').filter({ hasText: `@${handle}` })
  for (const [typed, pick] of [
    [name.replace('é', 'e').replace('ö', 'o').toLowerCase(), () => tab.page.keyboard.press('Enter')],
    [`@${zoe.handle.slice(0, -1)}`, () => option(zoe.handle).click()],
  ] as const) {
    await tab.opens('/messages')
    await box.pressSequentially(typed)
    await tab.sees(option(zoe.handle))
    expect(await axeViolations(tab)).toEqual([])
    expect(await box.getAttribute('aria-expanded')).toBe('true')
    // The lookup of the conversation that does not exist yet.
    tab.expects(404)
    await pick()
    await tab.comesTo(`/messages/new/${zoe.handle}`)
  }
  await tab.opens('/messages')
  await box.fill(other.handle)
  await tab.page.keyboard.press('Enter')
  await tab.comesTo(`/messages/new/${other.handle}`)
})

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, Write takes the only user whose handle begins so', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const [otto] = await users(site, 'otto')
  const prefix = otto.handle.slice(0, -1)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, '/messages', scripted)
  await tab.fills({ To: prefix })
  if (scripted) {
    await tab.sees(tab.main.getByRole('option').filter({ hasText: `@${otto.handle}` }))
    // No handle is the prefix itself, and the conversation does not exist yet.
    tab.expects(404)
  }
  await tab.presses('Write')
  await tab.comesTo(`/messages/new/${otto.handle}`)
})

test('without script, To takes a handle, or a name that only one user has', async () => {
  const anna = await site.actors.join('anna')
  const [zoe, twin] = await users(site, 'person', 'person')
  const name = `Zoé Nyström ${crypto.randomUUID().slice(0, 8)}`
  await site.db.sql('update users set display_name = $2 where uuid = $1', [zoe.uuid, name])
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  for (const typed of [zoe.handle, ` @${zoe.handle.toUpperCase()}`, name.replace('é', 'e')]) {
    await tab.visits('/messages')
    await tab.fills({ To: typed })
    await tab.presses('Write')
    await tab.comesTo(`/messages/new/${zoe.handle}`)
  }
  await site.db.sql('update users set display_name = $2 where uuid = $1', [twin.uuid, name])
  await tab.visits('/messages')
  await tab.fills({ To: name })
  await tab.presses('Write')
  await tab.sees('We can’t find anyone with that handle or name. Check it for typos.')
})

test('lists the latest conversation first with unread counts; the badge counts conversations', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'ben', 'cleo')
  await haveMet(site.db, anna, ben, cleo)
  await sendsMessage(ben, anna, 'from ben')
  await sendsMessage(cleo, anna, 'one')
  await sendsMessage(cleo, anna, 'two')
  await sendsMessage(ben, anna, 'from ben again')
  await sendsMessage(anna, { handle: (await users(site, 'dora'))[0].handle }, 'to dora')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await tab.goesTo('Messages, 2 new')
  await tab.sees(tab.heading('Messages'))
  const texts = (await conversationRows(tab).allTextContents()).map((text) => text.replace(/@\w+/, '@'))
  expect(texts).toEqual([
    expect.stringMatching(/^Dora @ You: to dora/),
    expect.stringMatching(/^Ben @, 2 new\. from ben again/),
    expect.stringMatching(/^Cleo @, 2 new\. two/),
  ])
  await conversationRows(tab).filter({ hasText: 'Cleo' }).click()
  await tab.sees(navLink(tab, 'Messages, 1 new'))
  await tab.follows('All messages')
  await tab.sees(conversationRows(tab).filter({ hasText: `@${ben.handle}, 2 new` }))
  await tab.doesNotSee(conversationRows(tab).filter({ hasText: `@${cleo.handle}, 2 new` }))
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, two first messages at once make one conversation with both',
  async (_, scripted) => {
    const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
    const annaTab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const benTab = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(annaTab, `/messages/new/${ben.handle}`, scripted)
    await opensPage(benTab, `/messages/new/${anna.handle}`, scripted)
    await Promise.all([sends(annaTab, 'Ben', 'from anna'), sends(benTab, 'Anna', 'from ben')])
    await Promise.all([annaTab.comesTo(CONVERSATION), benTab.comesTo(CONVERSATION)])
    expect(annaTab.path).toBe(benTab.path)
    if (!scripted) await annaTab.page.reload()
    await expect
      .poll(async () => (await messagesShown(annaTab)).toSorted())
      .toEqual(['Ben: from ben', 'You: from anna'])
    expect(await lists(anna, '/api/message_groups')).toHaveLength(1)
    expect(await lists(ben, '/api/message_groups')).toHaveLength(1)
    await opensPage(annaTab, `/messages/new/${ben.handle}`, scripted)
    expect(annaTab.path).toBe(benTab.path)
  },
)

test('answers 404 for a conversation of others', async () => {
  const eve = await site.actors.join('eve')
  const [anna, ben] = await users(site, 'anna', 'ben')
  const { message_group_uuid: group } = await sendsMessage(anna, ben, 'a secret')
  for (const javaScriptEnabled of [true, false]) {
    const tab = await browser.tab({ as: eve, viewport: PHONE, javaScriptEnabled })
    await tab.visits(`/messages/${group}`, 404)
    await tab.sees(tab.heading('Nothing is here'))
    expect(await tab.page.content()).not.toContain('a secret')
  }
  const visitor = await browser.tab({ javaScriptEnabled: false })
  await visitor.visits(`/messages/${group}`)
  await visitor.sees(visitor.heading('Sign in'))
})

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, earlier messages load page by page', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await haveMet(site.db, ben, anna)
  const { message_group_uuid: group } = await sendsMessage(ben, anna, '0')
  await site.db.sql(
    `insert into messages (message_group_uuid, user_uuid, message)
     select $1, $2, number::text from generate_series(1, 44) number`,
    [group, ben.uuid],
  )
  const messagesFrom = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `Ben: ${from + i}`)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, `/messages/${group}`, scripted)
  expect(await messagesShown(tab)).toEqual(messagesFrom(25, 45))
  for (const first of [5, 0]) {
    await tab.follows('Earlier messages')
    await expect.poll(() => messagesShown(tab)).toEqual(messagesFrom(first, scripted ? 45 : first === 5 ? 25 : 5))
  }
  await tab.doesNotSee(tab.main.getByRole('link', { name: 'Earlier messages' }))
  if (scripted) return
  await tab.follows('Newest messages')
  await expect.poll(() => messagesShown(tab)).toEqual(messagesFrom(25, 45))
})

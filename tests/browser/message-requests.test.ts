import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { lists, reads, sendsMessage } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { messagesShown, sends } from './support/conversation.ts'
import { holdsRequests, navLink, opensPage, refocusesTab, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { toast } from './support/page-actions.ts'
import { axeViolations, overflowingElements, smallTouchTargets } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)
const REQUESTS = '/messages?folder=requests'

const WAYS = WITH_AND_WITHOUT_SCRIPT.flatMap(([how, scripted]) => [
  [how, 'a phone', scripted, PHONE] as const,
  [how, 'a desktop', scripted, DESKTOP] as const,
])
/** The problems of a page that axe and the layout show. */
const problems = async (tab: Tab) => [
  ...(await axeViolations(tab)),
  ...(await overflowingElements(tab)),
  ...(await smallTouchTargets(tab)),
]
const row = (tab: Tab, handle: string) => tab.main.getByRole('listitem').filter({ hasText: `@${handle}` })

test.each(WAYS)('%s on %s, requests wait apart and are accepted or declined', async (_, __, scripted, viewport) => {
  const anna = await site.actors.join('anna')
  const [ben, cleo, dora] = await users(site, 'ben', 'cleo', 'dora')
  for (const stranger of [ben, cleo, dora]) await sendsMessage(stranger, anna, `psst from ${stranger.handle}`)
  const tab = await browser.tab({ as: anna, viewport, javaScriptEnabled: scripted })
  await opensPage(tab, '/messages', scripted)
  await tab.sees(navLink(tab, 'Messages'))
  await tab.doesNotSee(row(tab, ben.handle))
  await tab.follows('3 message requests')
  await tab.comesTo(REQUESTS)
  await tab.sees(tab.heading('Message requests'))
  await expect.poll(() => tab.main.getByRole('list', { name: 'Message requests' }).getByRole('link').count()).toBe(3)
  if (scripted) expect(await problems(tab)).toEqual([])

  await tab.presses(`Decline @${dora.handle}`)
  await tab.doesNotSee(row(tab, dora.handle))
  await tab.comesTo(REQUESTS)
  if (scripted) await tab.sees(toast(tab, `Declined. @${dora.handle} won’t be told.`))

  await tab.presses(`Accept @${cleo.handle}`)
  await expect.poll(() => messagesShown(tab)).toEqual([`Cleo: psst from ${cleo.handle}`])
  await tab.sees(tab.field('Message to Cleo'))
  await tab.doesNotSee(tab.main.getByRole('region', { name: 'Message request' }))

  await tab.follows('All messages')
  await tab.sees(row(tab, cleo.handle))
  await tab.follows('1 message request')
  await row(tab, ben.handle).getByRole('link').click()
  await tab.sees(tab.main.getByRole('region', { name: 'Message request' }))
  // Without script, Cleo's message is not marked as read by looking at it.
  await tab.sees(navLink(tab, scripted ? 'Messages' : 'Messages, 1 new'))
  await sends(tab, 'Ben', 'What is it?')
  await expect.poll(() => messagesShown(tab)).toEqual([`Ben: psst from ${ben.handle}`, 'You: What is it?'])
  await tab.doesNotSee(tab.main.getByRole('region', { name: 'Message request' }))

  await tab.follows('All messages')
  await tab.sees(row(tab, ben.handle))
  await tab.doesNotSee(tab.main.getByRole('link', { name: /message request/ }))
  await opensPage(tab, REQUESTS, scripted)
  await tab.sees('Nobody is waiting. What people write whom you don’t follow waits here first.')
  expect((await lists(anna, '/api/message_groups')).map(({ user }) => user.handle)).toEqual([ben.handle, cleo.handle])
})

test('with the keyboard alone, a request is declined in its conversation, which is gone from the tab too', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/messages/${group}`)
  expect(await problems(tab)).toEqual([])
  const decline = tab.main.getByRole('button', { name: `Decline @${ben.handle}` })
  // Also of a poll.
  tab.expects(404)
  await decline.focus()
  await tab.page.keyboard.press('Enter')
  await tab.comesTo(REQUESTS)
  await expect.poll(() => tab.page.evaluate(() => document.activeElement?.textContent)).toBe('Message requests')
  await tab.page.goBack()
  await tab.comesTo(`/messages/${group}`)
  await tab.sees('This conversation is closed.')
  await tab.doesNotSee('psst')
  expect((await reads(ben, `/api/message_groups/${group}/messages`)).data).toHaveLength(1)
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, a first message says that it is a request to whom does not follow back',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    if (scripted) tab.expects(404)
    await opensPage(tab, `/@${ben.handle}`, scripted)
    await tab.follows('Message')
    await tab.sees(`@${ben.handle} doesn’t follow you, so it waits among their requests until they accept.`)
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, a message over the daily limit is kept, and says until when',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    for (let sent = 0; sent < 20; sent += 1) await sendsMessage(anna, ben, `${sent}`)
    const { uuid } = await reads(anna, `/api/message_groups/with/@${ben.handle}`)
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, `/messages/${uuid}`, scripted)
    tab.expects(429)
    await sends(tab, 'Ben', 'One too many')
    await tab.sees(
      tab.main.getByText(
        /^Not sent\. It is kept here\. You’ve written a lot to people who don’t know you yet\. You can write to them again on \d+ \w+, \d\d:\d\d UTC\.$/,
      ),
    )
    await expect.poll(() => tab.field('Message to Ben').inputValue()).toBe('One too many')
  },
)

test.each(WAYS)(
  '%s on %s, a received message is reported, also when it has ended meanwhile',
  async (_, __, scripted, viewport) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    const sent = await sendsMessage(ben, anna, 'so <i>rude</i>')
    const tab = await browser.tab({ as: anna, viewport, javaScriptEnabled: scripted })
    await opensPage(tab, `/messages/${sent.message_group_uuid}`, scripted)
    await tab.main.locator('summary').click()
    if (scripted) expect(await problems(tab)).toEqual([])
    // Not by its sender, which would take it from the page at once, as would a poll.
    await holdsRequests(tab, '**/api/message_groups/*/messages')
    await site.db.sql('update messages set expires_at = now() where uuid = $1', [sent.uuid])
    await tab.presses('Report')
    await tab.sees(tab.heading('Report'))
    await tab.sees(tab.main.getByText(`What’s wrong with this message by @${ben.handle}?`))
    await tab.sees(tab.main.getByText('so <i>rude</i>', { exact: true }))
    // Nothing was sent yet, so nothing is wrong with the form.
    expect(await tab.main.getByRole('alert').count()).toBe(0)
    if (scripted) expect(await problems(tab)).toEqual([])

    // Without a reason it comes back with all that it needs.
    tab.expects(422)
    await tab.presses('Send report')
    await tab.sees('Pick what’s wrong with it.')
    await tab.page.getByRole('radio', { name: 'It insults, threatens or pursues somebody.' }).check()
    await tab.page.getByRole('radio', { name: 'Block them' }).check()
    await tab.presses('Send report')
    await tab.sees('Your report has arrived. A moderator will look at it.')
    expect(await site.db.sql('select kind from reports where subject_uuid = $1', [sent.uuid])).toEqual([
      { kind: 'message' },
    ])
    expect((await reads(anna, `/api/users/@${ben.handle}`)).viewer.blocking).toBe(true)
  },
)

test('a request that arrives shows in words on the open page of messages, and never in the badge', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/messages')
  await sendsMessage(ben, anna, 'psst')
  await refocusesTab(tab)
  await tab.sees(tab.main.getByRole('link', { name: '1 message request' }))
  await tab.sees(navLink(tab, 'Messages'))
})

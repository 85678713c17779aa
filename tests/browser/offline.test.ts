import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { sendsMessage } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { haveMet } from '../support/fixtures/have-met.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { seesSaved, uniqueText } from './support/page-actions.ts'

const site = await openSite()
const browser = await openBrowser(site)

const OFFLINE = 'You’re offline. Your words are safe.'
const NOT_SENT = 'Not sent. It is kept here; try again.'

test.for([
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
] as const)(
  'on %s: shows that it is offline, keeps drafts and loaded pages, and recovers with the network',
  async ([, viewport]) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    await haveMet(site.db, ben, anna)
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
    const tab = await browser.tab({ as: anna, viewport })
    const offline = tab.page.getByRole('status').getByText(OFFLINE)
    await tab.opens(`/messages/${group}`)
    await tab.goesTo('Home')
    await tab.sees(tab.field('Your crud'))
    const text = uniqueText('Said on a train')
    await tab.fills({ 'Your crud': text })

    await tab.context.setOffline(true)
    await tab.sees(offline)
    await tab.presses('Crud')
    await tab.sees(NOT_SENT)
    expect(await tab.field('Your crud').inputValue()).toBe(text)
    await tab.doesNotSee(tab.crud(text))
    // Pages that were loaded before are there.
    await tab.page.goBack()
    await tab.sees(tab.main.getByText('hi', { exact: true }))
    await tab.fills({ 'Message to Ben': 'And this' })
    await tab.presses('Send')
    await tab.sees(NOT_SENT)
    expect(await tab.field('Message to Ben').inputValue()).toBe('And this')
    await tab.goesTo('Home')
    expect(await tab.field('Your crud').inputValue()).toBe(text)
    const polled = tab.page.waitForResponse(/\/unread$/)
    await tab.context.setOffline(false)
    await polled
    await tab.doesNotSee(offline)

    // A page that cannot be loaded shows an error, and loads by itself once online.
    await tab.context.setOffline(true)
    const page = viewport === PHONE ? 'Search' : 'Settings'
    await tab.goesTo(page)
    await tab.sees(tab.heading('Out of reach'))
    await tab.context.setOffline(false)
    await tab.sees(tab.heading(page))
    await tab.goesTo('Home')
    await tab.presses('Crud')
    await seesSaved(tab, text)
  },
)

test('counts as offline while every request fails, until one succeeds', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await tab.page.route('**/api/**', (route) => route.abort('aborted'))
  const text = uniqueText('Said in a tunnel')
  await tab.fills({ 'Your crud': text })
  await tab.presses('Crud')
  await tab.sees(tab.page.getByRole('status').getByText(OFFLINE))
  await tab.sees(NOT_SENT)
  await tab.page.unroute('**/api/**')
  await tab.presses('Crud')
  await seesSaved(tab, text)
  await tab.doesNotSee(tab.page.getByRole('status').getByText(OFFLINE))
})

test('a double click posts once; a crud posted while the first is pending shows above it', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const released = Promise.withResolvers<void>()
  await tab.page.route('**/api/activities', async (route) => {
    await released.promise
    await route.continue()
  })
  const [one, two] = [uniqueText('One'), uniqueText('Two')]
  await tab.fills({ 'Your crud': one })
  await tab.main.getByRole('button', { name: 'Crud' }).dblclick()
  await tab.sees(tab.crud(one).getByText('Sending'))
  await tab.fills({ 'Your crud': two })
  await tab.presses('Crud')
  await tab.sees(tab.crud(two).getByText('Sending'))
  await tab.doesNotSee(tab.main.getByRole('alert'))
  released.resolve()
  for (const text of [one, two]) {
    await seesSaved(tab, text)
    expect(await site.db.sql('select uuid from activities where message = $1', [text])).toHaveLength(1)
  }
  await expect
    .poll(() => tab.page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('draft '))))
    .toBe(false)
})

import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { users } from '../support/actors/many-users.ts'
import { reachLimit } from '../support/fixtures/reached-limit.ts'
import { openBrowser, PHONE } from './support/browser.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Makes a user of today, who has reached the limit of a kind of write. */
async function limitedUser(kind: string) {
  const anna = await site.actors.join('anna')
  await reachLimit(site.db, anna, kind)
  return anna
}

const UNTIL = 'New accounts have lower limits on their first day\\. Yours end on \\d+ \\w+, \\d\\d:\\d\\d UTC\\.'

test('a follow over the limit is rolled back, and a toast says until when', async () => {
  const [anna, [ben]] = [await limitedUser('follow'), await users(site, 'ben')]
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/@${ben.handle}`)
  tab.expects(429)
  await tab.presses(`Follow @${ben.handle}`)
  await tab.sees(tab.page.getByRole('status').getByText(new RegExp(`^You don’t follow @${ben.handle}\\. ${UNTIL}$`)))
  await tab.sees(tab.main.getByRole('button', { name: `Follow @${ben.handle}` }))
})

test('a crud over the limit is back in the box, and says until when', async () => {
  const tab = await browser.tab({ as: await limitedUser('activity'), viewport: PHONE })
  await tab.opens('/')
  await tab.fills({ 'Your crud': 'One too many' })
  tab.expects(429)
  await tab.presses('Crud')
  await tab.sees(tab.main.getByText(new RegExp(`^Not sent\\. It is kept here\\. ${UNTIL}$`)))
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe('One too many')
})

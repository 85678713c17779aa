import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { lists } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { setExpiry } from '../support/fixtures/set-expiry.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { seesFocus } from './support/keyboard.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'
import { openWarmTabs } from './support/warm-tabs.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** How long an expiry is waited for, in ms. */
const TIMEOUT = 40_000

/** Opens the page of a crud by another user that is about to expire, in a tab. */
async function opensExpiring(scripted: boolean): Promise<{ tab: Tab; anna: Actor }> {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const { uuid } = await ben.posts(uniqueText('Quick!'))
  const options = { as: anna, viewport: PHONE, javaScriptEnabled: scripted }
  const { tabs, secondsToOpen } = await openWarmTabs(browser, [options])
  const [tab] = tabs as [Tab]
  await setExpiry(site.db, [uuid], secondsToOpen)
  await opensPage(tab, `/@${ben.handle}/status/${uuid}`, scripted)
  return { tab, anna }
}

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: a crud that expires on its own page takes its empty reply form with it',
  async (_, scripted) => {
    const { tab } = await opensExpiring(scripted)
    const box = tab.main.getByRole('textbox', { name: 'Your reply' })
    expect(await box.isVisible()).toBe(true)
    await box.waitFor({ state: 'hidden', timeout: TIMEOUT })
    await tab.sees(tab.main.getByText(/^This crud has burnt out\./))
    expect(await tab.main.getByRole('button', { name: 'Reply' }).isVisible()).toBe(false)
  },
)

test('words that were typed are offered as a crud of their own when the parent expires, with the focus', async () => {
  const { tab, anna } = await opensExpiring(true)
  const text = uniqueText('I was about to say')
  await tab.fills({ 'Your reply': text })
  await tab.heading('It burnt out while you were writing').waitFor({ timeout: TIMEOUT })
  expect(await tab.field('Your crud').inputValue()).toBe(text)
  await seesFocus(tab.field('Your crud'))
  await tab.presses('Crud')
  await tab.comesTo('/')
  await tab.sees(tab.crud(text))
  await expect.poll(() => lists(anna, `/api/users/@${anna.handle}/activities?tab=cruds`)).toHaveLength(1)
})

test('without script, typed words stay in the form, and sending them leads to a crud of their own', async () => {
  const { tab } = await opensExpiring(false)
  const text = uniqueText('I was about to say')
  await tab.fills({ 'Your reply': text })
  await tab.main.getByText(/^This crud has burnt out\./).waitFor({ timeout: TIMEOUT })
  expect(await tab.field('Your reply').isVisible()).toBe(true)
  tab.expects(410)
  await tab.presses('Reply')
  await tab.sees(tab.heading('It burnt out while you were writing'))
  expect(await tab.field('Your crud').inputValue()).toBe(text)
})

import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { lists } from '../support/actors/actions.ts'
import { setExpiry } from '../support/fixtures/set-expiry.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { seesFocus } from './support/keyboard.ts'
import { movesAnimations } from './support/move-time.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { uniqueText } from './support/page-actions.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Seconds after which the crud of these tests expires. */
const TTL = 3_600

/** Opens the page of a crud by another user; `expires` moves the time to its expiry. */
async function opensExpiring(scripted: boolean) {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const { uuid } = await ben.posts(uniqueText('Quick!'))
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  if (scripted) await tab.page.clock.install()
  await opensPage(tab, `/@${ben.handle}/status/${uuid}`, scripted)
  const expires = async () => {
    // With script the page ends its polls; until then they are answered.
    if (scripted) await tab.page.clock.fastForward(TTL * 1_000)
    else await setExpiry(site.db, [uuid], 0)
    await movesAnimations(tab, TTL)
  }
  return { tab, anna, expires }
}

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: a crud that expires on its own page takes its empty reply form with it',
  async (_, scripted) => {
    const { tab, expires } = await opensExpiring(scripted)
    const box = tab.main.getByRole('textbox', { name: 'Your reply' })
    expect(await box.isVisible()).toBe(true)
    await expires()
    await tab.doesNotSee(box)
    await tab.sees(tab.main.getByText(/^This crud has burnt out\./))
    await tab.doesNotSee(tab.main.getByRole('button', { name: 'Reply' }))
  },
)

test('words that were typed are offered as a crud of their own when the parent expires, with the focus', async () => {
  const { tab, anna, expires } = await opensExpiring(true)
  const text = uniqueText('I was about to say')
  await tab.fills({ 'Your reply': text })
  await expires()
  await tab.sees(tab.heading('It burnt out while you were writing'))
  expect(await tab.field('Your crud').inputValue()).toBe(text)
  await seesFocus(tab.field('Your crud'))
  await tab.presses('Crud')
  await tab.comesTo('/')
  await tab.sees(tab.crud(text))
  await expect.poll(() => lists(anna, `/api/users/@${anna.handle}/activities?tab=cruds`)).toHaveLength(1)
})

test('without script, typed words stay in the form, and sending them leads to a crud of their own', async () => {
  const { tab, expires } = await opensExpiring(false)
  const text = uniqueText('I was about to say')
  await tab.fills({ 'Your reply': text })
  await expires()
  await tab.sees(tab.main.getByText(/^This crud has burnt out\./))
  expect(await tab.field('Your reply').isVisible()).toBe(true)
  tab.expects(410)
  await tab.presses('Reply')
  await tab.sees(tab.heading('It burnt out while you were writing'))
  expect(await tab.field('Your crud').inputValue()).toBe(text)
})

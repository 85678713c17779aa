import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { setExpiry } from '../support/fixtures/set-expiry.ts'
import { recordAnnouncements } from './support/announcements.ts'
import { openBrowser } from './support/browser.ts'
import { seesFocus } from './support/keyboard.ts'

const site = await openSite()
const browser = await openBrowser(site)

const MINUTE = 60

test('announces the expiry of the focused crud and those of others together, and moves the focus to the next', async () => {
  const anna = await site.actors.join('anna')
  await anna.posts('Stays')
  const expiring = []
  for (const text of ['Focused', 'Other 1', 'Other 2', 'Other 3']) expiring.push((await anna.posts(text)).uuid)
  await setExpiry(site.db, expiring, 10 * MINUTE, '1 day')
  const tab = await browser.tab({ as: anna })
  await tab.page.clock.install()
  await tab.opens(`/@${anna.handle}`)
  const announced = await recordAnnouncements(tab)
  const focused = tab.crud('Focused')
  await focused.getByRole('link', { name: 'Open,' }).focus()
  await tab.page.clock.fastForward(10 * MINUTE * 1_000)
  await tab.doesNotSee(focused)
  await seesFocus(tab.crud('Stays'))
  await tab.page.clock.fastForward(10_000)
  await expect.poll(async () => (await announced()).join(' ')).toBe('Your crud has burnt out. 3 cruds burnt out.')
})

test.for([
  ['one hour', 60 * MINUTE],
  ['five minutes', 5 * MINUTE],
] as const)('the page of a crud announces when it has %s left', async ([words, secondsLeft]) => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const { uuid } = await ben.posts(`With ${words} left`)
  await setExpiry(site.db, [uuid], secondsLeft + 2 * MINUTE, '1 day')
  const tab = await browser.tab({ as: anna })
  await tab.page.clock.install()
  await tab.opens(`/@${ben.handle}/status/${uuid}`)
  const announced = await recordAnnouncements(tab)
  await tab.page.clock.fastForward(2 * MINUTE * 1_000)
  await expect.poll(announced).toEqual([`Ben’s crud has ${words} left.`])
})

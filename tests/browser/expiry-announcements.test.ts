import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { openBrowser } from './support/browser.ts'
import { seesFocus } from './support/keyboard.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const MINUTES = 60
const HOUR = 60 * MINUTES

/** Says something yesterday that has `seconds` left. */
async function lights(person: Actor, message: string, seconds: number): Promise<string> {
  const { uuid } = await person.posts(message)
  await site.db.sql(
    `update activities
     set created_at = now() - interval '1 day', expires_at = clock_timestamp() + $2::integer * interval '1 second'
     where uuid = $1`,
    [uuid, seconds],
  )
  return `/@${person.handle}/status/${uuid}`
}

/** Everything that is said from now on, in its order. */
async function hears(tab: Tab): Promise<() => Promise<string[]>> {
  const voice = tab.page.locator('p.hidden[role=status]').last()
  await voice.waitFor({ state: 'attached' })
  await voice.evaluate((element) => {
    const heard: string[] = []
    Object.assign(window, { heard })
    new MutationObserver(() => heard.push(element.textContent ?? '')).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    })
  })
  return () => tab.page.evaluate(() => (window as unknown as { heard: string[] }).heard)
}

test('assistive tech hears of the crud that has the focus, of others together, and keeps its place', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.visits('/about')
  await lights(anna, 'Stays', HOUR)
  await lights(anna, 'Goes under the focus', 7)
  for (const i of [1, 2, 3]) await lights(anna, `Goes ${i}`, 6)
  await tab.opens(`/@${anna.handle}`)
  const heard = await hears(tab)
  const held = tab.crud('Goes under the focus')
  await held.getByRole('link', { name: 'Open,' }).focus()
  await tab.doesNotSee(held)
  await seesFocus(tab.crud('Stays'))
  await expect.poll(async () => (await heard()).join(' ')).toBe('Your crud has burnt out. 3 cruds burnt out.')
})

test('the page of a crud says when one hour and when five minutes are left of it', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const listening = Object.entries({ 'one hour': HOUR, 'five minutes': 5 * MINUTES }).map(async ([words, left]) => {
    const tab = await browser.tab({ as: anna })
    await tab.visits('/about')
    await tab.opens(await lights(ben, `With ${words} left`, left + 5))
    const heard = await hears(tab)
    await expect.poll(heard, { timeout: 15_000 }).toEqual([`Ben’s crud has ${words} left.`])
  })
  await Promise.all(listening)
})

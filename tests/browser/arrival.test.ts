import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { posts, reads } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { changesProfile } from '../support/actors/change-profile.ts'
import { type ApiUser, expireActivities, manyUsers } from '../support/actors/many-users.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { opensPage } from './support/navigation.ts'
import { reloads, seesSaved, uniqueText } from './support/page-actions.ts'
import { axeViolations, overflowingElements, smallTouchTargets } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const EVERYWHERE = [
  ['on a phone with script', PHONE, true],
  ['on a phone without script', PHONE, false],
  ['on a desktop with script', DESKTOP, true],
  ['on a desktop without script', DESKTOP, false],
] as const

const HINT = /^Write your first crud above\./

const suggestions = (tab: Tab) => tab.main.getByRole('region', { name: 'Find people to follow' })
const followButtons = (tab: Tab) => suggestions(tab).getByRole('button', { name: /^Follow @/ })
const hint = (tab: Tab) => tab.main.getByText(HINT)

/** A new user, and seven who have just posted and will be suggested. */
async function arrives(): Promise<{ anna: Actor; others: ApiUser[]; text: string; bio: string }> {
  const anna = await site.actors.join('anna')
  const others = await manyUsers(site, 7, 'ben')
  const [text, bio] = [uniqueText('Newest'), uniqueText('Tides')]
  for (const other of others) {
    await changesProfile(other, { bio })
    await posts(other, text)
  }
  return { anna, others, text, bio }
}

test.each(EVERYWHERE)('%s: a new user finds people to follow until they follow five', async (_, viewport, scripted) => {
  const { anna, text, bio } = await arrives()
  const tab = await browser.tab({ as: anna, viewport, javaScriptEnabled: scripted })
  await opensPage(tab, '/', scripted)
  await tab.sees('You’re not following anyone yet. Here’s what everyone is saying.')
  await tab.sees('Follow 5 people to fill your home feed.')
  expect(await followButtons(tab).count()).toBe(5)
  await tab.sees(suggestions(tab).getByText(bio).first())
  await tab.sees(suggestions(tab).getByRole('link', { name: text }).first())
  // The sidebar does not repeat them.
  expect(await tab.page.getByRole('region', { name: 'People to follow', exact: true }).count()).toBe(0)
  expect(await overflowingElements(tab)).toEqual([])

  for (const left of [4, 3, 2]) {
    await followButtons(tab).first().click()
    await tab.sees(`Follow ${left} more people to fill your home feed.`)
  }
  await followButtons(tab).first().click()
  await tab.sees('Follow 1 more person to fill your home feed.')
  await followButtons(tab).first().click()
  if (scripted) {
    await tab.sees('That’s a good start. Their cruds show up here.')
    await expect.poll(async () => (await reads(anna, '/api/arrival')).following_count).toBe(5)
    await reloads(tab)
  }
  await tab.sees(hint(tab))
  await tab.doesNotSee(suggestions(tab))
  await tab.sees(tab.crud(text).first())
})

test.each(EVERYWHERE)('%s: what helps a new user can be dismissed for good', async (_, viewport, scripted) => {
  const { anna, text } = await arrives()
  const tab = await browser.tab({ as: anna, viewport, javaScriptEnabled: scripted })
  await opensPage(tab, '/', scripted)
  await tab.sees(suggestions(tab))
  await tab.sees(hint(tab))
  // Without script axe does not run.
  if (scripted) expect(await axeViolations(tab)).toEqual([])
  if (scripted && viewport === PHONE) expect(await smallTouchTargets(tab)).toEqual([])
  await tab.presses('Dismiss')
  for (const again of [false, true]) {
    if (again) await reloads(tab)
    await tab.sees('You’re not following anyone yet. Here’s what everyone is saying.')
    await tab.doesNotSee(suggestions(tab))
    await tab.doesNotSee(hint(tab))
    await tab.sees(tab.crud(text).first())
  }
  expect(await tab.main.getByRole('button', { name: 'Dismiss' }).count()).toBe(0)
})

test.each([
  ['with script', true],
  ['without script', false],
])('%s: the hint at the first crud goes with it, and does not come back when that has expired', async (_, scripted) => {
  const { anna } = await arrives()
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, '/', scripted)
  await tab.sees(hint(tab))
  const text = uniqueText('My first')
  await tab.fills({ 'Your crud': text })
  await tab.presses('Crud')
  await seesSaved(tab, text)
  await tab.doesNotSee(hint(tab))
  await tab.sees(suggestions(tab))
  const [crud] = (await reads(anna, `/api/users/@${anna.handle}/activities`)).data
  await expireActivities(site.db, crud.uuid)
  await reloads(tab)
  await tab.sees(suggestions(tab))
  await tab.doesNotSee(tab.crud(text))
  await tab.doesNotSee(hint(tab))
})

test('a suggested user’s crud goes when it expires on the open page', async () => {
  const { anna, others, text } = await arrives()
  const tab = await browser.tab({ as: anna })
  await tab.page.clock.install()
  await tab.opens('/')
  await tab.sees(suggestions(tab).getByRole('link', { name: text }).first())
  await tab.page.clock.fastForward(3_600_000)
  await expect.poll(() => suggestions(tab).getByRole('link', { name: text }).count()).toBe(0)
  expect(await followButtons(tab).count()).toBe(5)
  expect(others.length).toBeGreaterThan(5)
})

test('where the code for new users cannot be loaded, home works without what it shows', async () => {
  const { anna } = await arrives()
  const tab = await browser.tab({ as: anna })
  await tab.page.route('**/assets/Arrival-*', (route) => route.abort('aborted'))
  await tab.opens('/')
  await tab.doesNotSee(suggestions(tab))
  const text = uniqueText('All the same')
  await tab.fills({ 'Your crud': text })
  await tab.presses('Crud')
  await seesSaved(tab, text)
})

test('home loads the code for new users only for them', async () => {
  const { anna } = await arrives()
  const loads = async () => {
    const tab = await browser.tab({ as: anna })
    const paths: string[] = []
    tab.page.on('request', (request) => paths.push(new URL(request.url()).pathname))
    await tab.opens('/')
    return paths.filter((path) => /\/Arrival-/.test(path)).length
  }
  expect(await loads()).toBe(1)
  for (const { handle } of await manyUsers(site, 5)) await anna.put(`/api/users/@${handle}/follow`)
  await posts(anna, 'hello')
  expect(await loads()).toBe(0)
})

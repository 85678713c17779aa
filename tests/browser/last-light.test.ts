import { expect, test } from 'vitest'
import type { Client } from '../harness/client.ts'
import { openSite } from '../harness/site.ts'
import { follows, posts } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { expectStatus } from '../support/assertions/expect-answer.ts'
import { setExpiry } from '../support/fixtures/set-expiry.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { uniqueText, visibleTexts } from './support/page-actions.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Posts an activity that expires in `seconds`. */
const postsExpiring = async (who: Client, text: string, seconds: number) =>
  setExpiry(site.db, [(await posts(who, text)).uuid], seconds)

test('tab and sidebar list the soonest expiry first, regardless of whom the viewer follows, and drop what expires', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'ben', 'cleo')
  await follows(anna, ben)
  const texts = ['Ends first', 'Of a stranger', 'Ends third', 'Ends fourth', 'Ends fifth'].map(uniqueText)
  const [first = '', strangerText = '', third = '', fourth, fifth] = texts
  // Posted in another order than they expire.
  for (const [i, ttl] of [
    [4, '12-hours'],
    [2, '1-hour'],
    [3, '3-hours'],
  ] as const) {
    await posts(ben, texts[i] ?? '', ttl)
  }
  await postsExpiring(cleo, strangerText, 1_800)
  await postsExpiring(ben, first, 120)
  const tab = await browser.tab({ as: anna, viewport: DESKTOP })
  await tab.page.clock.install()
  await tab.opens('/')
  await tab.follows('Last light')
  await tab.comesTo('/?feed=last-light')
  const sidebar = tab.page.getByRole('complementary').getByRole('region', { name: 'Last light' })
  const feed = tab.main.getByRole('feed', { name: 'Last light' })
  await expect.poll(() => visibleTexts(tab, texts, feed)).toEqual([first, strangerText, third, fourth, fifth])
  await expect.poll(() => visibleTexts(tab, texts, sidebar)).toEqual([first, strangerText, third])
  // Each with its author.
  expect(
    await sidebar
      .getByRole('listitem')
      .getByText(/^(Ben|Cleo)$/)
      .allTextContents(),
  ).toEqual(['Ben', 'Cleo', 'Ben'])

  await tab.page.clock.fastForward(120_000)
  await expect.poll(() => visibleTexts(tab, texts, feed)).toEqual([strangerText, third, fourth, fifth])
  await expect.poll(() => visibleTexts(tab, texts, sidebar)).toEqual([strangerText, third, fourth])
  await sidebar.getByRole('link', { name: strangerText, exact: true }).click()
  await tab.sees(tab.heading('Crud'))
  await tab.sees(tab.crud(strangerText))
})

test('a wide browser with the client hint of a phone loads the sidebar by script', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  const text = uniqueText('Ends soon')
  await postsExpiring(ben, text, 1_000)
  const phone = { 'sec-ch-ua-mobile': '?1' }
  expect(expectStatus(await anna.visits('/notifications', phone), 200).text).not.toContain(text)
  const tab = await browser.tab({ as: anna, viewport: DESKTOP, extraHTTPHeaders: phone })
  await tab.opens('/notifications')
  const sidebar = tab.page.getByRole('complementary').getByRole('region', { name: 'Last light' })
  await expect.poll(() => visibleTexts(tab, [text], sidebar)).toEqual([text])
})

test('without script, on a phone: the tab has pages and no sidebar', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  const texts: string[] = []
  for (let i = 1; i <= 23; i += 1) {
    texts.push(uniqueText('Ends in its turn'))
    await postsExpiring(ben, texts[i - 1] ?? '', 1_000 + i)
  }
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  await tab.follows('Last light')
  await tab.comesTo('/?feed=last-light')
  // Activities of other users may expire before.
  const first = await visibleTexts(tab, texts)
  expect(first.length).toBeLessThanOrEqual(20)
  expect(first).toEqual(texts.slice(0, first.length))
  expect(await tab.page.getByRole('region', { name: 'Last light' }).count()).toBe(0)
  await tab.follows('Later cruds')
  await tab.comesTo(/^\/\?feed=last-light&cursor=/)
  expect(await visibleTexts(tab, texts)).toEqual(texts.slice(first.length))
})

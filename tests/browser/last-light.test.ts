import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, posts } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { uniqueText, visibleTexts } from './support/page-actions.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Something that was said an hour ago and has so many seconds left. */
async function burnsFor(seconds: number, { uuid }: { uuid: string }): Promise<void> {
  await site.db.sql(
    `update activities
     set created_at = now() - interval '1 hour', expires_at = clock_timestamp() + $2::integer * interval '1 second'
     where uuid = $1`,
    [uuid, seconds],
  )
}

test('those of whom one follows come first, by soonest end, in the tab and beside it; what ends leaves both', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'ben', 'cleo')
  await follows(anna, ben)
  const texts = ['Ends first', 'Ends second', 'Ends third', 'Ends fourth', 'Of a stranger'].map(uniqueText)
  const [first = '', second = '', third, fourth, strange = ''] = texts
  // Said in another order than that of their ends.
  for (const [i, ttl] of [
    [3, '12-hours'],
    [1, '1-hour'],
    [2, '3-hours'],
  ] as const) {
    await posts(ben, texts[i] ?? '', ttl)
  }
  await burnsFor(1_800, await posts(cleo, strange))
  await burnsFor(120, await posts(ben, first))
  const tab = await browser.tab({ as: anna, viewport: DESKTOP })
  await tab.page.clock.install()
  await tab.opens('/')
  await tab.follows('Last light')
  await tab.comesTo('/?feed=last-light')
  const beside = tab.page.getByRole('complementary').getByRole('region', { name: 'Last light' })
  const feed = tab.main.getByRole('feed', { name: 'Last light' })
  await expect.poll(() => visibleTexts(tab, texts, feed)).toEqual([first, second, third, fourth, strange])
  expect(await visibleTexts(tab, texts, beside)).toEqual([first, second, third])

  await tab.page.clock.fastForward(120_000)
  await expect.poll(() => visibleTexts(tab, texts, feed)).toEqual([second, third, fourth, strange])
  await expect.poll(() => visibleTexts(tab, texts, beside)).toEqual([second, third, fourth])
  await beside.getByRole('link', { name: second, exact: true }).click()
  await tab.sees(tab.heading('Crud'))
  await tab.sees(tab.crud(second))
})

test('a browser that says it is a phone, and is wide, reads the sidebar by itself', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  const text = uniqueText('Ends soon')
  await burnsFor(1_000, await posts(ben, text))
  const phone = { 'sec-ch-ua-mobile': '?1' }
  expect((await anna.visits('/notifications', phone)).text).not.toContain(text)
  const tab = await browser.tab({ as: anna, viewport: DESKTOP, extraHTTPHeaders: phone })
  await tab.opens('/notifications')
  const beside = tab.page.getByRole('complementary').getByRole('region', { name: 'Last light' })
  await expect.poll(() => visibleTexts(tab, [text], beside)).toEqual([text])
})

test('without script, on a phone: the tab goes on page by page, and has no sidebar', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  const texts: string[] = []
  for (let i = 1; i <= 23; i += 1) {
    texts.push(uniqueText('Ends in its turn'))
    await burnsFor(1_000 + i, await posts(ben, texts[i - 1] ?? ''))
  }
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  await tab.follows('Last light')
  await tab.comesTo('/?feed=last-light')
  expect(await visibleTexts(tab, texts)).toEqual(texts.slice(0, 20))
  expect(await tab.page.getByRole('region', { name: 'Last light' }).count()).toBe(0)
  await tab.follows('Cruds that end later')
  await tab.comesTo(/^\/\?feed=last-light&cursor=/)
  expect(await visibleTexts(tab, texts)).toEqual(texts.slice(20))
})

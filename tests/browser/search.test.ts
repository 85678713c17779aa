import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { posts } from '../support/actors/actions.ts'
import { expireActivities, manyUsers, runCron, users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { descriptionOf, type Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const uniqueWord = (name: string) => `${name}${crypto.randomUUID().slice(0, 8)}`
const searchBox = (tab: Tab) => tab.main.getByRole('searchbox', { name: 'Search cruds and people' })

test('searching from the sidebar finds cruds, with people above them; people have a tab of their own', async () => {
  const anna = await site.actors.join('anna')
  const word = uniqueWord('word')
  const [ben] = await users(site, word)
  const [crud, expired] = [await posts(ben, `Found: ${word.toUpperCase()}!`), await posts(ben, `Ended: ${word}`)]
  await expireActivities(site.db, expired.uuid)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const sidebar = tab.page.getByRole('complementary', { name: 'Sidebar' })
  await sidebar.getByRole('searchbox', { name: 'Search cruds and people' }).fill(word)
  await tab.page.keyboard.press('Enter')
  await tab.comesTo(`/search?term=${word}`)
  await tab.sees(tab.crud(crud.message))
  // Home, which may have had it too, shows more.
  await expect.poll(() => tab.main.getByRole('article').count()).toBe(1)
  const found = tab.main.getByRole('region', { name: 'People' })
  await tab.sees(found.getByRole('link', { name: `@${ben.handle}` }))
  expect(await searchBox(tab).inputValue()).toBe(word)

  await tab.follows('People')
  await tab.comesTo(`/search?term=${word}&in=people`)
  await tab.doesNotSee(tab.crud(crud.message))
  await tab.presses(`Follow @${ben.handle}`)
  await tab.sees(tab.main.getByRole('button', { name: `Following @${ben.handle}, stop` }))
  await tab.main.getByRole('link', { name: `@${ben.handle}` }).click()
  await tab.sees(tab.crud(crud.message))
  await tab.page.goBack()
  await searchBox(tab).fill(`@${anna.handle.slice(0, 10).toUpperCase()}`)
  await tab.page.keyboard.press('Enter')
  await tab.sees(tab.main.getByRole('link', { name: `Anna @${anna.handle}` }))
  await tab.follows('Cruds')
  await tab.sees(found.getByRole('link', { name: `@${anna.handle}` }))
  // A quiet line, since somebody was found.
  await tab.sees(tab.main.getByText(/^Nothing burning now says “@ANNA[^”]*”\.$/))
  await tab.page.goBack()
  await tab.page.goBack()
  await expect.poll(() => searchBox(tab).inputValue()).toBe(word)
})

test.each([
  ['signed in, with script', true, true],
  ['signed in, without script', true, false],
  ['signed out, without script', false, false],
])('%s: says when nothing is found, and rejects an empty and a long term', async (_, isSignedIn, scripted) => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ ...(isSignedIn && { as: anna }), viewport: PHONE, javaScriptEnabled: scripted })
  await site.db.sql('delete from trending_tags')
  await opensPage(tab, '/search', scripted)
  await tab.sees('Nothing is trending right now. Search for a word, a #tag or a person.')
  const searchesFor = async (term: string) => {
    await searchBox(tab).fill(term)
    await tab.presses('Search')
  }
  const word = uniqueWord('nothing')
  await searchesFor(word)
  await tab.sees(`Nothing burning now says “${word}”. Try another word.`)
  await tab.follows('People')
  await tab.sees(`Nobody found for “${word}”. Try another handle or name.`)

  tab.expects(422)
  await searchesFor('  ')
  await tab.sees('Type something to search for.')
  expect(await descriptionOf(searchBox(tab))).toBe('Type something to search for.')
  const long = 'x'.repeat(101)
  await searchesFor(long)
  await tab.sees('Up to 100 characters fit. Please shorten it.')
  expect(await searchBox(tab).inputValue()).toBe(long)
  expect(await searchBox(tab).getAttribute('aria-invalid')).toBe('true')
})

test('signed out, without script: the search link leads to pages of results', async () => {
  const word = uniqueWord('word')
  const [ben] = await users(site, 'ben')
  for (const index of Array(21).keys()) await posts(ben, `${word} number ${index}`)
  const tab = await browser.tab({ viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  await tab.page.getByRole('banner').getByRole('link', { name: 'Search' }).click()
  await searchBox(tab).fill(word)
  await tab.presses('Search')
  await tab.sees(tab.crud(`${word} number 20`))
  await expect.poll(() => tab.main.getByRole('article').count()).toBe(20)
  await tab.follows('Older cruds')
  await tab.sees(tab.crud(`${word} number 0`))
  expect(await tab.main.getByRole('article').count()).toBe(1)
})

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, a tag in any alphabet links to all cruds that have it', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const tag = uniqueWord('Žluťoučký_猫_')
  const other = await posts(ben, `Also #${tag.toUpperCase()}`)
  await posts(ben, `Not #${tag}2`)
  const crud = await posts(anna, `<b>Look</b>: #${tag}, it is #lovely`)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, '/', scripted)
  await tab
    .crud(crud.message)
    .getByRole('link', { name: `#${tag}`, exact: true })
    .click()
  await tab.sees(tab.heading(`#${tag.toLowerCase()}`))
  await tab.comesTo(`/tags/${encodeURIComponent(tag.toLowerCase())}`)
  const listed = tab.main.getByRole('feed', { name: `Cruds with #${tag.toLowerCase()}` }).getByRole('article')
  await expect
    .poll(() => listed.evaluateAll((articles) => articles.map(({ id }) => id)))
    .toEqual([crud.uuid, other.uuid])
})

test('an unused tag shows an invitation to use it first', async () => {
  const tag = uniqueWord('unused')
  const tab = await browser.tab({ viewport: PHONE })
  await tab.visits(`/tags/${tag}`)
  await tab.sees(`Nothing with #${tag} is burning. Light the first one.`)
})

test('after the cron has run, trending tags show in the sidebar and above an empty search', async () => {
  const anna = await site.actors.join('anna')
  const tag = uniqueWord('lit_')
  const manyActors = await manyUsers(site, 3)
  const cruds = await Promise.all(manyActors.map((who) => posts(who, `Everybody says #${tag}`)))
  const wide = await browser.tab({ as: anna })
  const sidebar = wide.page.getByRole('complementary', { name: 'Sidebar' })
  const trending = sidebar.getByRole('region', { name: 'Trending' })
  await wide.opens('/')
  await wide.doesNotSee(trending.getByRole('link', { name: `#${tag}` }))
  await runCron(site)

  await wide.opens('/')
  await wide.sees(trending.getByText('Most used recently first.'))
  await trending.getByRole('link', { name: `#${tag} 3 cruds` }).click()
  await wide.sees(wide.heading(`#${tag}`))
  await expect.poll(() => wide.main.getByRole('article').count()).toBe(3)

  const narrow = await browser.tab({ viewport: PHONE, javaScriptEnabled: false })
  await narrow.visits('/search')
  await narrow.main.getByRole('link', { name: `#${tag} 3 cruds` }).click()
  await narrow.sees(narrow.heading(`#${tag}`))

  // The tag disappears with its cruds, whether the cron runs or not.
  await expireActivities(site.db, ...cruds.map(({ uuid }) => uuid))
  await wide.opens('/')
  await wide.doesNotSee(trending.getByRole('link', { name: `#${tag}` }))
})

import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, posts, replies } from '../support/actors/actions.ts'
import { postsMany, users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { pressesReaction, seesSaved, uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

// What is written into a list while its next page is being read.

const site = await openSite()
const browser = await openBrowser(site)

/** Holds answers to what fits until they are let go; `begun` once one waits. */
async function holds(tab: Tab, fits: (url: URL, method: string) => boolean) {
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  await tab.page.route('**/api/activities**', async (route) => {
    const request = route.request()
    if (!fits(new URL(request.url()), request.method())) return route.fallback()
    const response = await route.fetch()
    begun.resolve()
    await release.promise
    // Whoever asked may have thought better of it.
    await route.fulfill({ response }).catch(() => {})
  })
  return { begun: begun.promise, release: release.resolve }
}

const isNextPage = (url: URL, method: string) => method === 'GET' && url.searchParams.has('cursor')
const isPost = (_: URL, method: string) => method === 'POST'

test('a crud that is taken while older ones are read stands there once, and is no longer on its way', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  const texts = Array.from({ length: 45 }, (_, i) => `Number ${i + 1}.`)
  await postsMany(site, ben, texts, 60)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const post = await holds(tab, isPost)
  const next = await holds(tab, isNextPage)
  const words = uniqueText('Said meanwhile')
  await tab.fills({ 'Your crud': words })
  await tab.presses('Crud')
  await tab.sees(tab.crud(words).getByText('Sending'))
  await tab.main.getByRole('article').last().scrollIntoViewIfNeeded()
  await next.begun
  post.release()
  await seesSaved(tab, words)
  const before = await tab.main.getByRole('article').count()
  next.release()
  await expect.poll(() => tab.main.getByRole('article').count()).toBeGreaterThan(before)
  expect(await tab.crud(words).count()).toBe(1)
  expect(await tab.crud(words).getByText('Sending').count()).toBe(0)
})

test.each([
  ['', false],
  [' and a like', true],
])('a reply%s while further ones are read is not swallowed', async (_, likes) => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const asked = await posts(ben, uniqueText('Asked'))
  for (let i = 1; i <= 25; i += 1) await replies(ben, asked, `Answer ${i}.`)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const next = await holds(tab, isNextPage)
  await tab.opens(`/@${ben.handle}/status/${asked.uuid}`)
  await tab.main.getByRole('article').last().scrollIntoViewIfNeeded()
  await next.begun
  const words = uniqueText('Replied meanwhile')
  await tab.fills({ 'Your reply': words })
  await tab.presses('Reply')
  await seesSaved(tab, words)
  const liked = tab.crud('Answer 2.').getByRole('button', { name: 'Like, 1', pressed: true })
  if (likes) {
    await pressesReaction(tab, 'Answer 2.', 'Like')
    await tab.sees(liked)
  }
  next.release()
  await tab.sees(tab.crud('Answer 25.'))
  expect(await tab.crud(words).count()).toBe(1)
  if (likes) await tab.sees(liked)
})

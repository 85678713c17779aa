import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, posts, replies } from '../support/actors/actions.ts'
import { postsMany, users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { pressesReaction, seesSaved, uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

// Writes to a list while its next page is loading.

const site = await openSite()
const browser = await openBrowser(site)

/** Holds the responses to matching requests until `release`; `begun` resolves when one waits. */
async function holdResponses(tab: Tab, matches: (url: URL, method: string) => boolean) {
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  await tab.page.route('**/api/activities**', async (route) => {
    const request = route.request()
    if (!matches(new URL(request.url()), request.method())) return route.fallback()
    const response = await route.fetch()
    begun.resolve()
    await release.promise
    // The page may have cancelled the request meanwhile.
    await route.fulfill({ response }).catch(() => {})
  })
  return { begun: begun.promise, release: release.resolve }
}

const isNextPage = (url: URL, method: string) => method === 'GET' && url.searchParams.has('cursor')
const isPost = (_: URL, method: string) => method === 'POST'

test('a crud saved while older ones load shows once, and is no longer pending', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  const texts = Array.from({ length: 45 }, (_, i) => `Number ${i + 1}.`)
  await postsMany(site, ben, texts, 60)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const post = await holdResponses(tab, isPost)
  const next = await holdResponses(tab, isNextPage)
  await tab.opens('/')
  const text = uniqueText('Said meanwhile')
  await tab.fills({ 'Your crud': text })
  await tab.presses('Crud')
  await tab.sees(tab.crud(text).getByText('Sending'))
  await tab.main.getByRole('article').last().scrollIntoViewIfNeeded()
  await next.begun
  post.release()
  await seesSaved(tab, text)
  const before = await tab.main.getByRole('article').count()
  next.release()
  await expect.poll(() => tab.main.getByRole('article').count()).toBeGreaterThan(before)
  expect(await tab.crud(text).count()).toBe(1)
  expect(await tab.crud(text).getByText('Sending').count()).toBe(0)
})

test.each([
  ['', false],
  [' and a like', true],
])('a reply%s made while more replies load is not lost', async (_, alsoLikes) => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const parent = await posts(ben, uniqueText('Asked'))
  for (let i = 1; i <= 25; i += 1) await replies(ben, parent, `Answer ${i}.`)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const next = await holdResponses(tab, isNextPage)
  await tab.opens(`/@${ben.handle}/status/${parent.uuid}`)
  await tab.main.getByRole('article').last().scrollIntoViewIfNeeded()
  await next.begun
  const text = uniqueText('Replied meanwhile')
  await tab.fills({ 'Your reply': text })
  await tab.presses('Reply')
  await seesSaved(tab, text)
  const liked = tab.crud('Answer 2.').getByRole('button', { name: 'Like, 1', pressed: true })
  if (alsoLikes) {
    await pressesReaction(tab, 'Answer 2.', 'Like')
    await tab.sees(liked)
  }
  next.release()
  await tab.sees(tab.crud('Answer 25.'))
  expect(await tab.crud(text).count()).toBe(1)
  if (alsoLikes) await tab.sees(liked)
})

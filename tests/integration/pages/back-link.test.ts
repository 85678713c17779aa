import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'

const site = await openSite()

/** The link before the title of a page: its name and where it leads. */
function backLinkIn(html: string) {
  const [, title = ''] = /<header class="page-title">(.*?)<\/header>/s.exec(html) ?? []
  const [, href, name] = /<a href="([^"]*)" aria-label="([^"]*)"/.exec(title) ?? []
  return { name, href: href?.replaceAll('&amp;', '&') }
}

test('Back leads to the page of this site that the reader comes from', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const { uuid } = await ben.posts('hi')
  const path = `/@${ben.handle}/status/${uuid}`
  const backFrom = async (page: string, referer: string) => backLinkIn((await anna.visits(page, { referer })).text)
  const search = '/search?term=a&in=people'
  for (const page of [path, '/compose', `${path}/menu`]) {
    expect(await backFrom(page, `${site.origin}${search}`)).toEqual({ name: 'Back', href: search })
  }
})

test.each([
  ['nowhere', () => ''],
  ['another site', () => 'https://elsewhere.example/@ben'],
  ['another scheme', () => 'javascript:alert(1)'],
  ['no address', () => 'hello'],
  ['itself', (path: string) => `${site.origin}${path}?cursor=x`],
  ['a path that would be another site’s address', () => `${site.origin}//elsewhere.example/`],
])('who comes from %s gets a link home', async (_, refererOf) => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const { uuid } = await ben.posts('hi')
  const path = `/@${ben.handle}/status/${uuid}`
  const referer = refererOf(path)
  const { href } = backLinkIn((await anna.visits(path, referer ? { referer } : {})).text)
  expect(href).toBe('/')
})

test('signed out, where pages are cached, it leads home and says so', async () => {
  const ben = await site.actors.join('ben')
  const { uuid } = await ben.posts('hi')
  const headers = { referer: `${site.origin}/search` }
  const { text } = await site.actors.visitor().visits(`/@${ben.handle}/status/${uuid}`, headers)
  expect(backLinkIn(text)).toEqual({ name: 'Home', href: '/' })
})

import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { examplesOf, makePageFixture, PAGES } from '../../support/fixtures/page-examples.ts'

const site = await openSite()

const classesOf = (css: string) => new Set([...css.matchAll(/\.(-?[a-z][\w-]*)/g)].map(([, name = '']) => name))

test('signed-out pages use no class that only the rules for signed-in pages have', async () => {
  const fixture = await makePageFixture(site)
  const visitor = site.actors.visitor()
  const signedIn = await fixture.anna.visits('/')
  const [, path = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(signedIn.text) ?? []
  const whole = (await visitor.get(path)).text
  const [, inline = ''] = /<style>(.*?)<\/style>/s.exec((await visitor.visits('/')).text) ?? []
  expect(whole.startsWith(inline)).toBe(true)
  const common = classesOf(inline)
  const missing = new Set([...classesOf(whole.slice(inline.length))].filter((name) => !common.has(name)))
  expect(missing.has('compose')).toBe(true)

  const used = new Map<string, string>()
  for (const page of PAGES.flatMap((each) => examplesOf(each, fixture))) {
    const { text } = await visitor.visits(page)
    for (const [, names = ''] of text.matchAll(/ class="([^"]*)"/g)) {
      for (const name of names.split(' ')) if (missing.has(name)) used.set(name, page)
    }
  }
  expect([...used]).toEqual([])
})

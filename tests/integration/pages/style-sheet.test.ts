import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { examplesOf, makePageFixture, PAGES } from '../../support/fixtures/page-examples.ts'

const site = await openSite()

const classesOf = (css: string) => new Set([...css.matchAll(/\.(-?[a-z][\w-]*)/g)].map(([, name = '']) => name))

const sheetsOf = (html: string) =>
  [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, path = '']) => path)

test('signed-out pages use no class that only the rules for signed-in pages have', async () => {
  const fixture = await makePageFixture(site)
  const visitor = site.actors.visitor()
  const sheets = sheetsOf((await fixture.anna.visits('/')).text)
  const texts = await Promise.all(sheets.map(async (path) => (await visitor.get(path)).text))
  const [, inline = ''] = /<style>(.*?)<\/style>/s.exec((await visitor.visits('/')).text) ?? []
  const common = classesOf(inline)
  const missing = new Set([...classesOf(texts.join(''))].filter((name) => !common.has(name)))
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

test('the first paint of signed-in home needs one style sheet, other pages both', async () => {
  const { anna } = await makePageFixture(site)
  // Not the following feed, which helps a new user to arrive.
  const home = (await anna.visits('/?feed=everyone')).text
  const [first = '', later = ''] = sheetsOf(home)
  expect(home.indexOf(first)).toBeLessThan(home.indexOf('<body'))
  expect(home.indexOf(later)).toBeGreaterThan(home.indexOf('<main'))
  const known = classesOf((await anna.get(first)).text)
  const late = classesOf((await anna.get(later)).text)
  const used = [...home.matchAll(/ class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' '))
  // The first tick is after ten seconds.
  const missing = used.filter((name) => late.has(name) && !known.has(name) && name !== 'fuse-ticks')
  expect(missing).toEqual([])

  const settings = (await anna.visits('/settings')).text
  expect(sheetsOf(settings)).toEqual([first, later])
  expect(settings.indexOf(later)).toBeLessThan(settings.indexOf('<body'))
})

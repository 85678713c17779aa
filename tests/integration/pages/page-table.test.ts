import { beforeAll, expect, test } from 'vitest'
import { PAGES } from '../../../worker/contract/pages.ts'
import { isReserved } from '../../../worker/models/handles.ts'
import { openSite } from '../../harness/site.ts'
import { examplesOf, makePageFixture, type PageFixture } from '../../support/fixtures/page-examples.ts'

const site = await openSite()

let fixture: PageFixture
beforeAll(async () => {
  fixture = await makePageFixture(site)
})

const isToSignIn = (location: string | null) => location?.startsWith('/signin?next=') ?? false

test.each(Object.entries(PAGES))('%s redirects visitors to sign-in if its entry is protected', async (_, page) => {
  for (const path of examplesOf(page.path, fixture)) {
    const answer = await site.actors.visitor().visits(path)
    expect(isToSignIn(answer.headers.get('location')), `${path}: ${answer.status}`).toBe(page.protected === true)
  }
})

test.each(Object.entries(PAGES).filter(([, { title }]) => title))('%s has the title of its entry', async (_, page) => {
  const title = `<title>${page.title?.replace('&', '&amp;')} · Cruddur</title>`
  for (const path of examplesOf(page.path, fixture)) {
    const { status, text } = await fixture.anna.onAnotherDevice().visits(path)
    if (status === 200) expect(text, path).toContain(title)
    const own = await fixture.anna.visits(path)
    if (own.status === 200) expect(own.text, path).toContain(title)
    expect([status, own.status], path).toContain(page.path === '/welcome' ? 302 : 200)
  }
})

test('first segments of page paths and our own names are reserved handles', () => {
  for (const handle of ['notifications', 'signin', 'tags', 'settings', 'api', 'admin', 'cruddur']) {
    expect(isReserved(handle), handle).toBe(true)
  }
  expect(isReserved('mira')).toBe(false)
})

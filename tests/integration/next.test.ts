import { beforeAll, describe, expect, test } from 'vitest'
import { expectStatus } from '../harness/expect.ts'
import { openSite } from '../harness/site.ts'
import { PASSWORD, type Person } from '../story.ts'

const site = await openSite()
const { story } = site

let anna: Person
beforeAll(async () => {
  anna = await story.join()
})

const GOOD = [
  '/',
  '/about',
  '/@anna',
  '/@anna?tab=replies',
  '/@anna/status/x#y',
  '/?feed=everyone&cursor=1',
  '/a%2F%2Fb',
]
const BAD = [
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  'https://evil.example',
  'HTTPS:evil.example',
  'http:/evil.example',
  'evil.example',
  '@evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  ' //evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/x/..//evil.example',
  '/./\\evil.example',
  '',
]

/** Where a browser goes: it strips tabs and newlines, and takes a backslash for a slash. */
const landsOn = (location: string | null) => new URL(location ?? '', site.origin)

describe('signing in with a form', () => {
  test.each(GOOD)('goes on to %j', async (next) => {
    const answer = expectStatus(
      await anna.elsewhere().submits('/signin', { email: anna.email, password: PASSWORD, next }),
      303,
    )
    expect(answer.headers.get('location')).toBe(next)
  })

  test.each(BAD)('does not leave the site for %j', async (next) => {
    const answer = expectStatus(
      await anna.elsewhere().submits('/signin', { email: anna.email, password: PASSWORD, next }),
      303,
    )
    expect(landsOn(answer.headers.get('location')).origin).toBe(site.origin)
  })
})

describe('coming to /signin signed in', () => {
  test.each(GOOD)('goes on to %j', async (next) => {
    const answer = expectStatus(await anna.visits(`/signin?${new URLSearchParams({ next })}`), 302)
    expect(answer.headers.get('location')).toBe(next)
  })

  test.each(BAD)('does not leave the site for %j', async (next) => {
    const answer = expectStatus(await anna.visits(`/signin?${new URLSearchParams({ next })}`), 302)
    expect(landsOn(answer.headers.get('location')).origin).toBe(site.origin)
  })
})

test.each(BAD.filter(Boolean))('the sign-in form holds %j as text alone', async (next) => {
  const { text } = expectStatus(await story.visitor().visits(`/signin?${new URLSearchParams({ next })}`), 200)
  expect(text).not.toMatch(/(href|action|src)="[^"]*evil\.example/)
  expect(text).not.toContain('href="javascript:')
})

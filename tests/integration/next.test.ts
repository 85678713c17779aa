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

test.each(BAD.filter(Boolean))('no form and no link of a door holds %j', async (next) => {
  for (const path of ['/signin', '/signup', '/confirm']) {
    const { text } = expectStatus(await story.visitor().visits(`${path}?${new URLSearchParams({ next })}`), 200)
    expect(text, path).not.toContain('evil.example')
    expect(text, path).not.toContain('javascript:')
  }
})

describe('joining with forms', () => {
  /** Signs somebody up who was on the way to `next`; where each form leads. */
  async function joins(next: string) {
    const ben = story.meets('ben')
    const steps: URL[] = []
    const submits = async (path: string, fields: Record<string, string>) => {
      const { headers } = expectStatus(await ben.submits(path, fields), 303)
      steps.push(landsOn(headers.get('location')))
    }
    await submits('/signup', { ...ben.details, next })
    // What the form of /confirm holds is what its address says.
    const held = () => steps.at(-1)?.searchParams.get('next') ?? ''
    await submits('/confirm', { email: ben.email, intent: 'resend', next: held() })
    await submits('/confirm', { email: ben.email, code: ben.code, next: held() })
    return steps
  }

  test.each(GOOD)('goes on to %j in the end', async (next) => {
    const [confirm, resent, end] = await joins(next)
    expect(confirm?.pathname).toBe('/confirm')
    expect(resent?.searchParams.get('sent')).toBe('1')
    expect(end?.href.slice(site.origin.length)).toBe(next)
  })

  test.each(['//evil.example', '/\\evil.example', 'javascript:alert(1)', '/.//evil.example'])(
    'does not leave the site for %j',
    async (next) => {
      for (const step of await joins(next)) expect(step.origin).toBe(site.origin)
    },
  )

  test('every page on the way holds it, and leads on with it', async () => {
    const next = '/@anna/status/x#to-like'
    const query = new URLSearchParams({ next }).toString()
    for (const [path, leads] of [
      ['/signin', ['/signup']],
      ['/signup', ['/signin']],
      ['/confirm', []],
    ] as const) {
      const { text } = expectStatus(await story.visitor().visits(`${path}?${query}`), 200)
      expect(text, path).toContain(`name="next" value="${next}"`)
      for (const link of leads) expect(text, path).toContain(`href="${link}?${query}"`)
    }
  })
})

import { type IncomingMessage, request } from 'node:http'
import { beforeAll, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors } = site

let anna: Actor
beforeAll(async () => {
  anna = await actors.join()
})

const SAFE_PATHS = [
  '/',
  '/about',
  '/@anna',
  '/@anna?tab=replies',
  '/@anna/status/x#y',
  '/?feed=everyone&cursor=1',
  '/a%2F%2Fb',
]
const UNSAFE_PATHS = [
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

/** Resolves a Location as browsers do: they strip tabs and newlines, and read a backslash as a slash. */
const resolveLocation = (location: string | null) => new URL(location ?? '', site.origin)

describe('POST /signin', () => {
  test.each(SAFE_PATHS)('redirects to %j', async (next) => {
    const answer = expectStatus(
      await anna.onAnotherDevice().submits('/signin', { email: anna.email, password: PASSWORD, next }),
      303,
    )
    expect(answer.headers.get('location')).toBe(next)
  })

  test.each(UNSAFE_PATHS)('does not redirect to another site for %j', async (next) => {
    const answer = expectStatus(
      await anna.onAnotherDevice().submits('/signin', { email: anna.email, password: PASSWORD, next }),
      303,
    )
    expect(resolveLocation(answer.headers.get('location')).origin).toBe(site.origin)
  })
})

describe('GET /signin while signed in', () => {
  test.each(SAFE_PATHS)('redirects to %j', async (next) => {
    const answer = expectStatus(await anna.visits(`/signin?${new URLSearchParams({ next })}`), 302)
    expect(answer.headers.get('location')).toBe(next)
  })

  test.each(UNSAFE_PATHS)('does not redirect to another site for %j', async (next) => {
    const answer = expectStatus(await anna.visits(`/signin?${new URLSearchParams({ next })}`), 302)
    expect(resolveLocation(answer.headers.get('location')).origin).toBe(site.origin)
  })
})

test.each(UNSAFE_PATHS.filter(Boolean))('no form or link of the account pages contains %j', async (next) => {
  for (const path of ['/signin?', '/signup?', '/confirm?', '/forgot?', '/forgot?step=confirm&', '/forgot?step=done&']) {
    const { text } = expectStatus(await actors.visitor().visits(`${path}${new URLSearchParams({ next })}`), 200)
    expect(text, path).not.toContain('evil.example')
    expect(text, path).not.toContain('javascript:')
  }
})

describe('signing up with forms', () => {
  /** Signs up with `next`; returns where each form redirects to. */
  async function joins(next: string) {
    const ben = actors.unregistered('ben')
    const steps: URL[] = []
    const submits = async (path: string, fields: Record<string, string>) => {
      const { headers } = expectStatus(await ben.submits(path, fields), 303)
      steps.push(resolveLocation(headers.get('location')))
    }
    await submits('/signup', { ...ben.details, next })
    // The form of /confirm takes `next` from the URL.
    const nextParam = () => steps.at(-1)?.searchParams.get('next') ?? ''
    await submits('/confirm', { email: ben.email, intent: 'resend', next: nextParam() })
    await submits('/confirm', { email: ben.email, code: ben.code, next: nextParam() })
    return steps
  }

  test.each(SAFE_PATHS)('redirects to %j in the end', async (next) => {
    const [confirm, resend, end] = await joins(next)
    expect(confirm?.pathname).toBe('/confirm')
    expect(resend?.searchParams.get('sent')).toBe('1')
    expect(end?.href.slice(site.origin.length)).toBe(next)
  })

  test.each(['//evil.example', '/\\evil.example', 'javascript:alert(1)', '/.//evil.example'])(
    'does not redirect to another site for %j',
    async (next) => {
      for (const step of await joins(next)) expect(step.origin).toBe(site.origin)
    },
  )

  test('every page on the way keeps it in its form and links', async () => {
    const next = '/@anna/status/x#to-like'
    const query = new URLSearchParams({ next }).toString()
    for (const [path, links] of [
      ['/signin', ['/signup', '/forgot']],
      ['/signup', ['/signin']],
      ['/confirm', []],
      ['/forgot', []],
      ['/forgot?step=confirm', ['/forgot']],
    ] as const) {
      const address = `${path}${path.includes('?') ? '&' : '?'}${query}`
      const { text } = expectStatus(await actors.visitor().visits(address), 200)
      expect(text, path).toContain(`name="next" value="${next}"`)
      for (const link of links) expect(text, path).toContain(`href="${link}?${query}"`)
    }
  })
})

describe('a password recovery', () => {
  /** Recovers a password with `next`; returns where each form redirects to, and the last page's link to sign-in. */
  async function recovers(next: string) {
    const actor = (await actors.join()).onAnotherDevice()
    const submits = async (fields: Record<string, string>) => {
      const { headers } = expectStatus(await actor.submits('/forgot', { email: actor.email, ...fields }), 303)
      return resolveLocation(headers.get('location'))
    }
    const sent = await submits({ next })
    const nextParam = sent.searchParams.get('next') ?? ''
    const done = await submits({ step: 'confirm', code: actor.code, password: 'Another-2027?', next: nextParam })
    const { text } = expectStatus(await actor.visits(done.pathname + done.search), 200)
    const link = text.match(/href="(\/signin[^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
    return { steps: [sent, done], signIn: resolveLocation(link) }
  }

  test('keeps the path through all steps', async () => {
    const { steps, signIn } = await recovers('/@anna?tab=replies')
    expect(steps.map(({ searchParams }) => searchParams.get('step'))).toEqual(['confirm', 'done'])
    expect(signIn.searchParams.get('next')).toBe('/@anna?tab=replies')
  })

  test('drops a path to another site', async () => {
    const { steps, signIn } = await recovers('//evil.example')
    for (const step of steps) expect(step.origin).toBe(site.origin)
    expect(signIn.searchParams.get('next')).toBeNull()
  })
})

describe('choosing another handle', () => {
  /** Signs in with `next` and chooses a handle; returns where each form redirects to. */
  async function chooses(next: string) {
    const [first, late] = [actors.unregistered('anna'), actors.unregistered('ben')]
    late.details.handle = first.handle
    await Promise.all([first.signsUp(), late.signsUp()])
    await first.confirms()
    await late.confirms()
    const actor = late.onAnotherDevice()
    const form = { email: late.email, password: PASSWORD, next }
    const welcome = resolveLocation(expectStatus(await actor.submits('/signin', form), 303).headers.get('location'))
    const { text } = expectStatus(await actor.visits(welcome.pathname + welcome.search), 200)
    const nextParam = text.match(/name="next" value="([^"]*)"/)?.[1] ?? ''
    const answer = await actor.submits('/welcome', { handle: `${late.handle}_2`, next: nextParam })
    return [welcome, resolveLocation(expectStatus(answer, 303).headers.get('location'))]
  }

  test('redirects to the path', async () => {
    const [welcome, end] = await chooses('/@anna')
    expect(welcome?.pathname).toBe('/welcome')
    expect(end?.pathname).toBe('/@anna')
  })

  test('does not redirect to another site', async () => {
    for (const step of await chooses('//evil.example')) expect(step.origin).toBe(site.origin)
  })
})

test.each(UNSAFE_PATHS.filter(Boolean))(
  'the form of a like or repost does not redirect to another site for %j',
  async (next) => {
    const activity = await anna.posts('to be liked')
    for (const path of [
      `/@${anna.handle}/status/${activity.uuid}/like`,
      `/@${anna.handle}/status/${activity.uuid}/repost`,
    ]) {
      const answer = expectStatus(await anna.submits(path, { on: '1', next }), 303)
      expect(resolveLocation(answer.headers.get('location')).origin).toBe(site.origin)
    }
  },
)

/** Sends a request with the exact path, which fetch would normalise. */
function requestRawPath(path: string, cookie: string): Promise<IncomingMessage> {
  const { hostname, port } = new URL(site.origin)
  return new Promise((resolve, reject) => {
    const headers = { 'sec-fetch-site': 'none', accept: 'text/html', ...(cookie ? { cookie } : {}) }
    request({ hostname, port, path, headers }, (answer) => resolve(answer.resume()))
      .on('error', reject)
      .end()
  })
}

test.each([
  '//evil.example',
  '//evil.example/',
  '//evil.example/%2e%2e',
  '///evil.example//',
  '/\\evil.example',
  '/\\/evil.example/',
  '/%09/evil.example',
  '/%0d%0aLocation:%20https://evil.example',
  '/%2f%2fevil.example',
  '/%5c%5cevil.example/',
  '/https:%2f%2fevil.example',
  '/https://evil.example',
  '/.//evil.example/',
  '/about/..//evil.example',
  '/@x//evil.example',
  '/@evil.example%2f..',
  '/messages?to=%2F%2Fevil.example',
  '/messages?to=evil.example%2F..',
  '/signin?next=%2F%0d%0aSet-Cookie:%20a=b',
  '/@nobody/follow',
  '/@%2f%2fevil.example/follow',
  '/settings?next=%2F%2Fevil.example',
])('the path %j redirects to no other site', async (path) => {
  for (const cookie of ['', [...anna.cookies].map(([name, value]) => `${name}=${value}`).join('; ')]) {
    const { headers, statusCode } = await requestRawPath(path, cookie)
    expect(statusCode).toBeLessThan(500)
    expect(headers.refresh).toBeUndefined()
    expect(JSON.stringify(headers['set-cookie'] ?? [])).not.toContain('a=b')
    if (headers.location) expect(new URL(headers.location, `${site.origin}${path}`).origin).toBe(site.origin)
  }
})

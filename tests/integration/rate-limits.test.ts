import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../worker/contract/error.ts'
import { times } from '../at-once.ts'
import type { Answer, Client } from '../harness/client.ts'
import { expectErrors, expectStatus } from '../harness/expect.ts'
import { openSite } from '../harness/site.ts'
import { PASSWORD } from '../story.ts'
import { withinAMinute } from '../within-a-minute.ts'

const APP = 'https://app.example'
const site = await openSite({ settings: { ALLOWED_ORIGINS: APP } })
const { story, identity } = site

let addresses = 0
/** One that nobody had before. */
const address = () => `198.51.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`

/** A visitor from a new address, or from the given one. */
function from(where = address()): Client {
  const visitor = story.visitor()
  visitor.headers = { 'cf-connecting-ip': where }
  return visitor
}

const signIn = (who: Client, email: string, password = 'Wrong-2026!') => who.post('/api/session', { email, password })
/** Lets an hour's windows end, and no day's. */
const anHourLater = () => site.db.sql(`update attempts set ends_at = now() where ends_at < now() + interval '2 hours'`)
/** Lets every window end. */
const later = () => site.db.sql(`update attempts set ends_at = now() - interval '1 second'`)

function expectTooMany(answer: Answer, policy: string, code: ErrorCode = 'too_many_requests'): void {
  expectErrors(answer, 429, [code])
  expect(answer.headers.get('ratelimit-policy')).toBe(policy)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
}

describe('passwords', () => {
  test('five wrong ones at once are tried, and no more; the right one must wait too', async () => {
    const anna = await story.join()
    const asked = identity.count()
    const answers = await times(20, (i) => signIn(from(), i % 2 ? anna.email : anna.email.toUpperCase()))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15)
    expect(identity.count() - asked).toBe(5)
    const refused = await signIn(from(), anna.email, PASSWORD)
    expectTooMany(refused, '"password";q=5;w=900')
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(900)
    await later()
    // Cognito has a lock of its own, of a second after five failures.
    site.poolClock.skew = 2_000
    expectStatus(await signIn(from(), anna.email, PASSWORD), 200)
    site.poolClock.skew = 0
  })

  test('the right one clears what failed before', async () => {
    const anna = await story.join()
    for (const right of [false, false, false, false, true, false, false, false, false, true]) {
      const answer = await signIn(from(), anna.email, right ? PASSWORD : undefined)
      expect(answer.status).toBe(right ? 200 : 401)
    }
  })

  test('so does a new one, set by a code that was mailed', async () => {
    const anna = await story.join()
    for (let i = 0; i < 5; i += 1) await signIn(from(), anna.email)
    expect((await signIn(from(), anna.email, PASSWORD)).status).toBe(429)
    expectStatus(await from().post('/api/session/recover', { email: anna.email }), 204)
    const recovery = { email: anna.email, code: anna.code, password: 'Another-2027?' }
    expectStatus(await from().post('/api/session/recover/confirm', recovery), 204)
    site.poolClock.skew = 2_000
    expectStatus(await signIn(from(), anna.email, recovery.password), 200)
    site.poolClock.skew = 0
  })

  test('and those that were tried to change it', async () => {
    const anna = await story.join()
    const change = (current: string) => anna.put('/api/session/password', { current, new: 'Other-2026!' })
    for (let i = 0; i < 5; i += 1)
      expectErrors(await change('Wrong-2026!'), 422, [{ code: 'password_wrong', field: 'current' }])
    expectStatus(await from().post('/api/session/recover', { email: anna.email }), 204)
    const recovery = { email: anna.email, code: anna.code, password: 'Another-2027?' }
    site.poolClock.skew = 2_000
    expectStatus(await from().post('/api/session/recover/confirm', recovery), 204)
    await anna.signsIn(recovery.password)
    expectStatus(await change(recovery.password), 200)
    site.poolClock.skew = 0
  })

  test('an account that does not exist answers alike', async () => {
    const { email } = story.meets('ghost')
    for (let i = 0; i < 5; i += 1) expectErrors(await signIn(from(), email), 401, ['credentials_wrong'])
    expectTooMany(await signIn(from(), email), '"password";q=5;w=900')
  })

  test('an outage of Cognito counts for nobody', async () => {
    const anna = await story.join()
    identity.shut(true)
    for (let i = 0; i < 6; i += 1) expectErrors(await signIn(from(), anna.email), 503, ['identity_unavailable'])
    identity.shut(false)
    expectStatus(await signIn(from(), anna.email, PASSWORD), 200)
  })

  test('sixty wrong ones from an address are enough, a household of IPv6 being one', async () => {
    const network = (i: number) => from(`2001:db8:7:7::${(i + 1).toString(16)}`)
    const answers: Answer[] = []
    // In parts, since the coarse limit of the door is as high.
    for (let i = 0; i < 60; i += 1) answers.push(await signIn(network(i), story.meets('x').email))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
    expect((await signIn(network(61), story.meets('x').email)).status).toBe(429)
    expect((await signIn(from('2001:db8:7:8::1'), story.meets('x').email)).status).toBe(401)
  })

  test('changing it with a wrong one is counted as well', async () => {
    const anna = await story.join()
    const change = () => anna.put('/api/session/password', { current: 'Wrong-2026!', new: 'Other-2026!' })
    for (let i = 0; i < 5; i += 1) expectErrors(await change(), 422, [{ code: 'password_wrong', field: 'current' }])
    expectTooMany(await change(), '"password";q=5;w=900')
  })

  test('those refused for the account do not count for the address', async () => {
    const anna = await story.join()
    const here = address()
    const counted = () =>
      site.db.sql(
        `select count, extract(epoch from ends_at - now()) > 890 as is_new from attempts
         where hash = encode(sha256(convert_to('passwords-of-address' || chr(10) || $1, 'UTF8')), 'hex')`,
        [here],
      )
    for (let i = 0; i < 5; i += 1) await signIn(from(), anna.email)
    const answers = await times(20, () => signIn(from(here), anna.email))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([429]))
    expect(await counted()).toMatchObject([{ count: 0 }])
    await site.db.sql(`update attempts set ends_at = ends_at - interval '5 minutes'`)
    expect((await signIn(from(here), story.meets('x').email)).status).toBe(401)
    expect(await counted()).toEqual([{ count: 1, is_new: true }])
  })

  test('the page says so, keeps the email, and has no password', async () => {
    const anna = await story.join()
    for (let i = 0; i < 5; i += 1) await signIn(from(), anna.email)
    const page = await from().submits('/signin', { email: anna.email, password: PASSWORD })
    expectStatus(page, 429)
    expect(page.text).toContain(anna.email)
    expect(page.text).not.toContain(PASSWORD)
    expect(page.text).toContain('Wait a while')
    expect(page.headers.get('ratelimit-policy')).toBe('"password";q=5;w=900')
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(60)
  })
})

describe('codes', () => {
  const confirm = (email: string, code: string) => from().post('/api/session/confirm', { email, code })

  test('five tries a code, at once or one by one, and a new code has its own', async () => {
    const anna = story.meets()
    await anna.signsUp()
    const answers = await times(20, () => confirm(anna.email, '000000'))
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5)
    expectTooMany(await confirm(anna.email, anna.code), '"confirmation-code";q=5;w=86400', 'code_used_up')
    expectStatus(await from().post('/api/session/resend', { email: anna.email }), 204)
    expectErrors(await confirm(anna.email, anna.code), 403, ['password_reset_required'])
  })

  test('the password beside a code is a try of a password', async () => {
    const anna = story.meets()
    await anna.signsUp()
    const wrong = { email: anna.email, password: 'Wrong-2026!' }
    for (let i = 0; i < 5; i += 1) expectStatus(await from().post('/api/session', wrong), 401)
    const right = { email: anna.email, code: anna.code, password: PASSWORD }
    expectErrors(await from().post('/api/session/confirm', right), 403, ['password_reset_required'])
  })

  test('the same for recovery, whether or not there is an account', async () => {
    const anna = await story.join()
    for (const email of [anna.email, story.meets('ghost').email]) {
      expectStatus(await from().post('/api/session/recover', { email }), 204)
      const body = { email, code: '000000', password: 'Other-2026!' }
      for (let i = 0; i < 5; i += 1) {
        expectErrors(await from().post('/api/session/recover/confirm', body), 422, [
          { code: 'code_wrong', field: 'code' },
        ])
      }
      const refused = await from().post('/api/session/recover/confirm', body)
      expectTooMany(refused, '"recovery-code";q=5;w=86400', 'code_used_up')
    }
  })

  test('three are sent in an hour, of every kind together; unknown addresses answer alike', async () => {
    const anna = story.meets()
    await anna.signsUp()
    for (const { email } of [anna, story.meets('ghost')]) {
      const paths = ['/api/session/resend', '/api/session/recover', '/api/session/resend', '/api/session/recover']
      const left = email === anna.email ? 2 : 3
      const statuses: number[] = []
      for (const path of paths) statuses.push((await from().post(path, { email })).status)
      expect(statuses).toEqual(paths.map((_, i) => (i < left ? 204 : 429)))
    }
    await later()
    expectStatus(await from().post('/api/session/resend', { email: anna.email }), 204)
  })

  test.each([
    ['at once', 10],
    ['in a row', 1],
  ])('ten asked for %s use up three of the day, which are sent', async (_, together) => {
    const { email } = story.meets('ghost')
    const asked = identity.count()
    const statuses: number[] = []
    while (statuses.length < 10) {
      const answers = await times(together, () => from().post('/api/session/recover', { email }))
      statuses.push(...answers.map(({ status }) => status))
    }
    expect(statuses.sort()).toEqual([...Array(3).fill(204), ...Array(7).fill(429)])
    expect(identity.count() - asked).toBe(3)
    for (let hour = 0; hour < 2; hour += 1) {
      await anHourLater()
      for (let i = 0; i < 3; i += 1) expectStatus(await from().post('/api/session/recover', { email }), 204)
      expectTooMany(await from().post('/api/session/recover', { email }), '"sending";q=3;w=3600')
    }
  })

  test('ten are sent in a day', async () => {
    const { email } = story.meets('ghost')
    const statuses: number[] = []
    for (let hour = 0; hour < 4; hour += 1) {
      for (let i = 0; i < 3; i += 1) statuses.push((await from().post('/api/session/recover', { email })).status)
      await anHourLater()
    }
    expect(statuses).toEqual([...Array(10).fill(204), 429, 429])
  })

  test('sixty wrong ones from an address are enough, whosever they are', async () => {
    const here = '203.0.113.44'
    const answers: number[] = []
    for (let i = 0; i < 61; i += 1) {
      const body = { email: story.meets('x').email, code: '000000' }
      answers.push((await from(here).post('/api/session/confirm', body)).status)
    }
    expect(answers).toEqual([...Array(60).fill(422), 429])
  })

  test('a sign-up that is refused for its password sends nothing, and counts for nothing', async () => {
    const anna = story.meets()
    const weak = { ...anna.details, password: 'weak' }
    for (let i = 0; i < 4; i += 1) expectStatus(await from().post('/api/session/sign-up', weak), 422)
    expectStatus(await from().post('/api/session/sign-up', anna.details), 201)
  })
})

test('ten sign-ups an hour from an address', async () => {
  const here = '203.0.113.77'
  const signUp = (address: string) => from(address).post('/api/session/sign-up', story.meets('many').details)
  const answers = await times(12, () => signUp(here))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
  expectTooMany(await signUp(here), '"sign-ups-of-address";q=10;w=3600')
  expectStatus(await signUp('203.0.113.78'), 201)
})

describe('reads of an address', () => {
  test('300 a minute, of pages and API together, whatever else a request says of itself', () =>
    withinAMinute(async () => {
      const here = address()
      const first = await times(300, (i) => from(here).get(i % 2 ? '/api/health-check' : '/about'))
      expect(new Set(first.map(({ status }) => status))).toEqual(new Set([200]))
      const trips = site.database.count()
      const dodges: [string, Record<string, string>][] = [
        ['/api/activities/everyone', {}],
        ['/api/activities/everyone/', {}],
        ['/API/activities/everyone', {}],
        ['/api/activities/everyone?x=1', { 'x-forwarded-for': '203.0.113.200' }],
        ['/about', { 'true-client-ip': '203.0.113.200', 'x-real-ip': '203.0.113.200' }],
        ['/about', { 'x-http-method-override': 'POST' }],
      ]
      for (const [path, headers] of dodges) {
        const answer = await from(here).get(path, headers)
        expect(answer.status, path).toBe(429)
        expect(answer.headers.get('ratelimit-policy'), path).toBe('"reads";q=300;w=60')
        expect(answer.headers.get('retry-after'), path).toBe('60')
        expect(answer.headers.get('cache-control'), path).toMatch(/no-store/)
      }
      expect(site.database.count() - trips).toBe(0)
      const elsewhere = await from(here).get('/api/tags/trending', { origin: APP })
      expectErrors(elsewhere, 429, ['too_many_requests'])
      expect(elsewhere.headers.get('access-control-allow-origin')).toBe(APP)
      const page = await from(here).visits('/')
      expect(page.headers.get('content-type')).toContain('text/html')
      expect(page.text).toContain('Wait a while')
      expectStatus(await from().get('/about'), 200)
    }))

  test('a signed-in person who reads too much hears so without a trip to the database', () =>
    withinAMinute(async () => {
      const anna = await story.join()
      anna.headers = { 'cf-connecting-ip': address() }
      await times(300, () => anna.get('/api/health-check'))
      const trips = site.database.count()
      expect((await anna.visits('/')).status).toBe(429)
      expect(site.database.count() - trips).toBe(0)
      anna.headers = { 'cf-connecting-ip': address() }
      expectStatus(await anna.visits('/'), 200)
    }))

  test('120 a minute where lists are read page by page', () =>
    withinAMinute(async () => {
      const here = address()
      const ask = () => from(here).get('/api/activities/everyone?cursor=x')
      const answers = await times(125, ask)
      expect(answers.filter(({ status }) => status === 400)).toHaveLength(120)
      expectTooMany(await ask(), '"paging";q=120;w=60')
      expectStatus(await from(here).get('/api/activities/everyone'), 200)
    }))
})

describe('what an address sends', () => {
  test('pictures count as reads, and are refused in plain text', () =>
    withinAMinute(async () => {
      const here = address()
      const path = `/media/avatars/01a20dc2-7aaa-7389-b334-d306f5b17a26/${'0'.repeat(64)}`
      const first = await times(300, () => from(here).get(path))
      expect(new Set(first.map(({ status }) => status))).toEqual(new Set([404]))
      const refused = expectStatus(await from(here).get(path), 429)
      expect(refused.text).toBe('Too many requests\n')
      expect(refused.headers.get('content-type')).toMatch(/^text\/plain/)
      expect(refused.headers.get('cache-control')).toBe('no-store')
      expect(refused.headers.get('ratelimit-policy')).toBe('"reads";q=300;w=60')
      expect(refused.headers.get('retry-after')).toBe('60')
      expect((await from(here).visits('/about')).status).toBe(429)
    }))

  test('a form counts as a read, since a page answers it', () =>
    withinAMinute(async () => {
      const here = address()
      const first = await times(300, () => from(here).submits('/about', {}))
      expect(first.filter(({ status }) => status === 429)).toEqual([])
      const trips = site.database.count()
      for (const path of ['/about', '/', '/signin']) {
        const refused = await from(here).submits(path, { message: 'words' })
        expect(refused.status, path).toBe(429)
        expect(refused.headers.get('ratelimit-policy'), path).toBe('"reads";q=300;w=60')
      }
      expect((await from(here).visits('/about')).status).toBe(429)
      expect(site.database.count() - trips).toBe(0)
    }))

  test('nor are lists read page by page through forms', () =>
    withinAMinute(async () => {
      const here = address()
      const ask = () => from(here).submits('/about?cursor=x', {})
      expect((await times(120, ask)).filter(({ status }) => status === 429)).toEqual([])
      expect((await ask()).headers.get('ratelimit-policy')).toBe('"paging";q=120;w=60')
    }))

  test('600 writes a minute, signed in or not', () =>
    withinAMinute(async () => {
      const here = address()
      const like = () => from(here).put('/api/activities/01a20dc2-7aaa-7389-b334-d306f5b17a26/like')
      const answers: Answer[] = []
      for (let i = 0; i < 600; i += 100) answers.push(...(await times(100, like)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
      const asked = identity.count()
      expectTooMany(await like(), '"address-writes";q=600;w=60')
      const stranger = from(here)
      stranger.cookies.set('__Host-refresh', 'made up')
      expect((await stranger.delete('/api/session')).status).toBe(429)
      expect(identity.count() - asked).toBe(0)
      expectStatus(await from(here).get('/api/health-check'), 200)
    }))
})

test('240 writes a minute by a person, wherever from; a form keeps what was typed', () =>
  withinAMinute(async () => {
    const anna = await story.join()
    const ben = await story.join('ben')
    const crud = await ben.cruds('to be liked a lot')
    const like = () => anna.put(`/api/activities/${crud.uuid}/like`)
    const answers: Answer[] = []
    for (let i = 0; i < 240; i += 60) answers.push(...(await times(60, like)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expectTooMany(await like(), '"writes";q=240;w=60')
    const client = anna.asApiClient()
    client.headers['cf-connecting-ip'] = address()
    expect((await client.delete(`/api/activities/${crud.uuid}/like`)).status).toBe(429)
    const page = await anna.submits('/', { message: 'words not to be lost', ttl: '1-day' })
    expectStatus(page, 429)
    expect(page.text).toContain('words not to be lost')
    expect(page.headers.get('retry-after')).toBe('60')
    expectStatus(await ben.put(`/api/activities/${crud.uuid}/like`), 200)
  }))

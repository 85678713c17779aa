import { describe, expect, test } from 'vitest'
import type { Answer, Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { expectRateLimited, guesses } from '../../support/actors/guesses.ts'
import { newIp } from '../../support/actors/networks.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { withinAMinute } from '../../support/assertions/within-a-minute.ts'
import { inParallel } from '../../support/faults/held-transaction.ts'

const APP = 'https://app.example'
const site = await openSite({ settings: { ALLOWED_ORIGINS: APP } })
const { actors, identity } = site

const { visitorFrom } = guesses(site)

test('ten sign-ups an hour per network', async () => {
  const ip = '203.0.113.77'
  const signUp = (clientIp: string) =>
    visitorFrom(clientIp).post('/api/session/sign-up', actors.unregistered('many').details)
  const answers = await inParallel(12, () => signUp(ip))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
  expectRateLimited(await signUp(ip), '"sign-ups-of-network";q=10;w=3600')
  expectStatus(await signUp('203.0.113.78'), 201)
})

test('a hundred looks at handles an hour from a network, whatever they find', async () => {
  const here = newIp()
  const look = (handle: string) => visitorFrom(here).get(`/api/session/sign-up/handle?handle=${handle}`)
  const answers = await inParallel(102, (i) => look(i % 2 ? 'admin' : actors.unregistered('many').handle))
  expect(answers.filter(({ status }) => status !== 429)).toHaveLength(100)
  expectRateLimited(await look('free_as_can_be'), '"handle-checks-of-network";q=100;w=3600')
  expectStatus(await visitorFrom(newIp()).get('/api/session/sign-up/handle?handle=free_as_can_be'), 200)
})

describe('reads per client IP', () => {
  test('300 a minute of pages and API together, whatever other headers claim', () =>
    withinAMinute(async () => {
      const ip = newIp()
      const first = await inParallel(300, (i) => visitorFrom(ip).get(i % 2 ? '/api/health-check' : '/about'))
      expect(new Set(first.map(({ status }) => status))).toEqual(new Set([200]))
      const trips = site.database.count()
      const evasions: [string, Record<string, string>][] = [
        ['/api/activities/everyone', {}],
        ['/api/activities/everyone/', {}],
        ['/API/activities/everyone', {}],
        ['/api/activities/everyone?x=1', { 'x-forwarded-for': '203.0.113.200' }],
        ['/about', { 'true-client-ip': '203.0.113.200', 'x-real-ip': '203.0.113.200' }],
        ['/about', { 'x-http-method-override': 'POST' }],
      ]
      for (const [path, headers] of evasions) {
        const answer = await visitorFrom(ip).get(path, headers)
        expect(answer.status, path).toBe(429)
        expect(answer.headers.get('ratelimit-policy'), path).toBe('"reads";q=300;w=60')
        expect(answer.headers.get('retry-after'), path).toBe('60')
        expect(answer.headers.get('cache-control'), path).toMatch(/no-store/)
      }
      expect(site.database.count() - trips).toBe(0)
      const crossOrigin = await visitorFrom(ip).get('/api/tags/trending', { origin: APP })
      expectErrors(crossOrigin, 429, ['too_many_requests'])
      expect(crossOrigin.headers.get('access-control-allow-origin')).toBe(APP)
      const page = await visitorFrom(ip).visits('/')
      expect(page.headers.get('content-type')).toContain('text/html')
      expect(page.text).toContain('Wait a while')
      expectStatus(await visitorFrom().get('/about'), 200)
    }))

  test('a signed-in user over the limit gets 429 without a database round trip', () =>
    withinAMinute(async () => {
      const anna = await actors.join()
      anna.headers = { 'cf-connecting-ip': newIp() }
      await inParallel(300, () => anna.get('/api/health-check'))
      const trips = site.database.count()
      expect((await anna.visits('/')).status).toBe(429)
      expect(site.database.count() - trips).toBe(0)
      anna.headers = { 'cf-connecting-ip': newIp() }
      expectStatus(await anna.visits('/'), 200)
    }))

  test('120 pages of lists a minute', () =>
    withinAMinute(async () => {
      const ip = newIp()
      const sendRequest = () => visitorFrom(ip).get('/api/activities/everyone?cursor=x')
      const answers = await inParallel(125, sendRequest)
      expect(answers.filter(({ status }) => status === 400)).toHaveLength(120)
      expectRateLimited(await sendRequest(), '"paging";q=120;w=60')
      expectStatus(await visitorFrom(ip).get('/api/activities/everyone'), 200)
    }))
})

describe('writes per client IP', () => {
  test('a form counts as a read, since it renders a page', () =>
    withinAMinute(async () => {
      const ip = newIp()
      const first = await inParallel(300, () => visitorFrom(ip).submits('/about', {}))
      expect(first.filter(({ status }) => status === 429)).toEqual([])
      const trips = site.database.count()
      for (const path of ['/about', '/', '/signin']) {
        const limited = await visitorFrom(ip).submits(path, { message: 'words' })
        expect(limited.status, path).toBe(429)
        expect(limited.headers.get('ratelimit-policy'), path).toBe('"reads";q=300;w=60')
      }
      expect((await visitorFrom(ip).visits('/about')).status).toBe(429)
      expect(site.database.count() - trips).toBe(0)
    }))

  test('a form with a cursor counts as paging', () =>
    withinAMinute(async () => {
      const ip = newIp()
      const sendRequest = () => visitorFrom(ip).submits('/about?cursor=x', {})
      expect((await inParallel(120, sendRequest)).filter(({ status }) => status === 429)).toEqual([])
      expect((await sendRequest()).headers.get('ratelimit-policy')).toBe('"paging";q=120;w=60')
    }))

  test('600 API writes a minute, signed in or not', () =>
    withinAMinute(async () => {
      const ip = newIp()
      const like = () => visitorFrom(ip).put('/api/activities/01a20dc2-7aaa-7389-b334-d306f5b17a26/like')
      const answers: Answer[] = []
      for (let i = 0; i < 600; i += 100) answers.push(...(await inParallel(100, like)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
      const callsBefore = identity.count()
      expectRateLimited(await like(), '"client-ip-writes";q=600;w=60')
      const stranger = visitorFrom(ip)
      stranger.cookies.set('__Host-refresh', 'made up')
      expect((await stranger.delete('/api/session')).status).toBe(429)
      expect(identity.count() - callsBefore).toBe(0)
      expectStatus(await visitorFrom(ip).get('/api/health-check'), 200)
    }))
})

test('240 writes a minute per user from any IP; a form keeps its text', () =>
  withinAMinute(async () => {
    const anna = await actors.join()
    const ben = await actors.join('ben')
    const activity = await ben.posts('to be liked a lot')
    const like = () => anna.put(`/api/activities/${activity.uuid}/like`)
    const answers: Answer[] = []
    for (let i = 0; i < 240; i += 60) answers.push(...(await inParallel(60, like)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expectRateLimited(await like(), '"writes";q=240;w=60')
    const client = anna.asApiClient()
    client.headers['cf-connecting-ip'] = newIp()
    expect((await client.delete(`/api/activities/${activity.uuid}/like`)).status).toBe(429)
    const page = await anna.submits('/', { message: 'text not to be lost', ttl: '1-day' })
    expectStatus(page, 429)
    expect(page.text).toContain('text not to be lost')
    expect(page.headers.get('retry-after')).toBe('60')
    expectStatus(await ben.put(`/api/activities/${activity.uuid}/like`), 200)
  }))

test('60 uploads a minute per user from any IP, and per IP by any user', () =>
  withinAMinute(async () => {
    const [anna, ben] = [await actors.join(), await actors.join('ben')]
    const ip = newIp()
    // Refused after it was counted, and before it is decoded.
    const upload = (who: Client, from: string) =>
      who.send('POST', '/api/images', { 'cf-connecting-ip': from, 'content-type': 'image/png' }, 'no image')
    const answers = await inParallel(60, () => upload(anna, ip))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]))
    expectRateLimited(await upload(anna, newIp()), '"uploads";q=60;w=60')
    expectRateLimited(await upload(ben, ip), '"uploads";q=60;w=60')
    expectErrors(await upload(ben, newIp()), 422, [{ code: 'image_type_unsupported', field: 'image' }])
  }))

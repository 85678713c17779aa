import { afterEach, describe, expect, test, vi } from 'vitest'
import { openCollector } from '../../harness/collector.ts'
import { openSite } from '../../harness/site.ts'
import type { RecordedTrace } from '../../harness/span-tail.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { withinAMinute } from '../../support/assertions/within-a-minute.ts'

const reports = await openCollector()
const site = await openSite({
  traced: true,
  settings: {
    ROLLBAR_ACCESS_TOKEN: 'token-of-ours',
    ROLLBAR_ENDPOINT: reports.url,
  },
})
const { actors } = site
afterEach(() => {
  reports.fails = null
  site.database.setOutage(false)
})

/** Reports and traces arrive after the answer. */
const WAIT = { timeout: 10_000 }
const FAILURES = ['by hanging', 'by cutting the line', 'by an error'] as const

/** The spans of a request, once they have arrived. */
const traceOf = (id: string | null): Promise<RecordedTrace> =>
  vi.waitFor(() => {
    const traces: RecordedTrace[] = lines().filter(({ event }) => event === 'trace')
    return traces.find(({ spans }) => spans[0]?.attributes['cruddur.request_id'] === id) ?? expect.fail('no trace yet')
  }, WAIT)

/** Parsed log lines. */
const lines = () => site.log.filter((message) => message.startsWith('{')).map((message) => JSON.parse(message))
const linesOf = (id: string | null) => lines().filter((line) => line.request_id === id)

const CLIENT_ERROR = { name: 'TypeError', route: '/:at_handle', frames: ['at render (/assets/entry-ab12.js:1:234)'] }
let visitors = 0
/** A visitor with a client IP of their own. */
const newVisitor = () => {
  const visitor = actors.visitor()
  visitor.headers = { 'cf-connecting-ip': `198.51.100.${++visitors}` }
  return visitor
}

describe('the log', () => {
  test('has one line per request with the route and the viewer, without the URL', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('words')
    const api = await anna.get(`/api/activities/${activity.uuid}?term=hidden`)
    const page = await anna.visits(`/@${anna.handle}?tab=replies`)
    const unknown = await actors.visitor().get('/api/no/such/place')
    const [apiLine] = linesOf(api.headers.get('x-request-id')).filter(({ event }) => event === 'request')
    expect(apiLine).toMatchObject({ method: 'GET', route: '/api/activities/:uuid', status: 200 })
    expect(Object.keys(apiLine).sort()).toEqual(
      ['event', 'request_id', 'trace_id', 'method', 'route', 'status', 'viewer_uuid', 'db_ms', 'ms'].sort(),
    )
    const [pageLine] = linesOf(page.headers.get('x-request-id')).filter(({ event }) => event === 'request')
    expect(pageLine).toMatchObject({ route: '/:at_handle', status: 200, viewer_uuid: activity.user.uuid })
    const [unknownLine] = linesOf(unknown.headers.get('x-request-id')).filter(({ event }) => event === 'request')
    expect(unknownLine).toMatchObject({ status: 404 })
    expect(JSON.stringify(unknownLine)).not.toContain('such')
    expect(JSON.stringify(lines())).not.toContain('hidden')
  })

  test('has events of user actions, with ids and without texts', async () => {
    const anna = await actors.join()
    const ben = await actors.join('ben')
    const activity = await anna.posts('secret words', '3-hours')
    await ben.replies(activity, 'secret answer')
    await ben.put(`/api/activities/${activity.uuid}/like`)
    await ben.put(`/api/activities/${activity.uuid}/repost`)
    await ben.put(`/api/users/@${anna.handle}/follow`)
    await ben.post('/api/messages', { handle: anna.handle, message: 'secret message' })
    await anna.deletes(activity)
    const all = lines()
    expect(all).toContainEqual(
      expect.objectContaining({ event: 'created_activity', activity_uuid: activity.uuid, ttl_seconds: 10_800 }),
    )
    const events = new Set(all.map(({ event }) => event))
    const expected = [
      'signed_up',
      'confirmed',
      'created_reply',
      'liked',
      'reposted',
      'followed',
      'sent_message',
      'deleted_activity',
    ]
    for (const event of expected) expect(events).toContain(event)
    expect(JSON.stringify(all)).not.toContain('secret')
    expect(JSON.stringify(all)).not.toContain(anna.handle)
  })
})

describe('traces', () => {
  test('a page has spans for its session, its database trip with the statement names, and the page', async () => {
    const anna = await actors.join()
    const answer = await anna.visits('/')
    const { trace_id, spans } = await traceOf(answer.headers.get('x-request-id'))
    const [root] = spans
    expect(root).toMatchObject({ name: 'GET /', failed: false, attributes: { 'cruddur.db_trips': 1 } })
    const named = (name: string) => spans.find((span) => span.name === name)
    expect(named('page')?.parentId).toBe(root?.id)
    expect(named('session')).toBeDefined()
    expect(String(named('database')?.attributes['db.statements']).split(' ')).toContain('read_home')
    const [line] = linesOf(answer.headers.get('x-request-id')).filter(({ event }) => event === 'request')
    expect(line.trace_id).toBe(trace_id)
  })

  test('has spans of Cognito calls, without user input', async () => {
    const anna = await actors.join()
    const answer = await anna.onAnotherDevice().signsIn()
    const { spans } = await traceOf(answer.headers.get('x-request-id'))
    expect(spans.map(({ name }) => name)).toContain('cognito InitiateAuth')
    const all = JSON.stringify(lines().filter(({ event }) => event === 'trace'))
    for (const secret of [anna.email, anna.details.password, anna.accessToken]) expect(all).not.toContain(secret)
  })

  test('a failure marks its span and the request’s, without a message', async () => {
    site.database.setOutage(true)
    const answer = expectStatus(await actors.visitor().get('/api/activities/everyone'), 503)
    const { spans } = await traceOf(answer.headers.get('x-request-id'))
    expect(spans[0]).toMatchObject({ name: 'GET /api/activities/everyone', failed: true })
    expect(spans.find(({ name }) => name === 'database')?.failed).toBe(true)
  })
})

describe('reports', () => {
  const SECRET = 'a-text-that-nobody-else-should-read'

  test('an unexpected error is reported without user data', async () => {
    const anna = await actors.join()
    await site.db.sql(`alter table activities add constraint activities__test check (message <> '${SECRET}') not valid`)
    const answer = await anna.post('/api/activities', { message: SECRET, ttl: '1-hour' })
    expectErrors(answer, 500, ['internal'])
    const id = answer.headers.get('x-request-id')
    const report = await vi.waitFor(
      () => reports.received.find(({ body }) => body.data.custom.request_id === id) ?? expect.fail('no report yet'),
      WAIT,
    )
    expect(report.headers).toMatchObject({ 'x-rollbar-access-token': 'token-of-ours' })
    const { body, code_version, custom } = report.body.data
    expect(code_version).toBeTruthy()
    expect(custom.codes).toEqual(['internal'])
    expect(body.trace_chain[0].frames.length).toBeGreaterThan(0)
    expect(body.trace_chain.map((trace: { exception: { class: string } }) => trace.exception.class).join()).toMatch(
      /NeonDbError 23514/,
    )
    const all = JSON.stringify(reports.received)
    for (const secret of [SECRET, anna.email, anna.handle, anna.accessToken]) expect(all).not.toContain(secret)
  })

  test('an outage is logged, not reported', async () => {
    site.database.setOutage(true)
    const answer = expectStatus(await actors.visitor().get('/api/activities/everyone'), 503)
    site.database.setOutage(false)
    const id = answer.headers.get('x-request-id')
    expect(linesOf(id).filter(({ event }) => event === 'error')).toMatchObject([{ codes: ['database_unavailable'] }])
    // Reports arrive in order, so that one of the outage would precede this one.
    const later = expectStatus(await newVisitor().post('/api/client-errors', CLIENT_ERROR), 204)
    const reported = () => reports.received.map(({ body }) => body.data.custom.request_id)
    await expect.poll(reported).toContain(later.headers.get('x-request-id'))
    expect(reported()).not.toContain(id)
  })

  test.each(FAILURES)('a reporter that fails %s neither fails nor delays the answer', async (how) => {
    reports.fails = how
    const anna = await actors.join()
    expectStatus(await anna.post('/api/activities', { message: SECRET, ttl: '1-hour' }), 500)
    // The answer came although the report still hangs.
    if (how === 'by hanging') await expect.poll(() => reports.hanging).toBe(1)
  })
})

describe('browser errors', () => {
  const path = '/api/client-errors'

  test('are logged and reported', async () => {
    const answer = expectStatus(await newVisitor().post(path, CLIENT_ERROR), 204)
    const id = answer.headers.get('x-request-id')
    expect(linesOf(id)).toContainEqual(
      expect.objectContaining({ event: 'error', source: 'browser', route: '/:at_handle' }),
    )
    const report = await vi.waitFor(
      () => reports.received.find(({ body }) => body.data.custom.request_id === id) ?? expect.fail('no report yet'),
      WAIT,
    )
    expect(report.body.data.platform).toBe('browser')
    expect(report.body.data.body.trace_chain[0].frames).toEqual([
      { filename: '/assets/entry-ab12.js', method: 'render', lineno: 1, colno: 234 },
    ])
  })

  test.each([
    ['a message', { ...CLIENT_ERROR, message: 'a text that somebody typed' }],
    ['a sentence as name', { ...CLIENT_ERROR, name: 'Cannot read words of mine' }],
    ['a text as frame', { ...CLIENT_ERROR, frames: ['at a text of mine'] }],
    ['a frame of another site', { ...CLIENT_ERROR, frames: ['at x (https://evil.example/assets/x.js:1:2)'] }],
    ['a URL as route', { ...CLIENT_ERROR, route: '/@anna?secret=1' }],
    ['too many frames', { ...CLIENT_ERROR, frames: Array(21).fill(CLIENT_ERROR.frames[0]) }],
    ['an empty body', {}],
  ])('%s is rejected and not logged', async (_, body) => {
    const before = lines().filter(({ event }) => event === 'error').length
    expectStatus(await newVisitor().post(path, body), 400)
    expect(lines().filter(({ event }) => event === 'error').length).toBe(before)
  })

  test('are limited to twenty a minute per client IP', () =>
    withinAMinute(async () => {
      const visitor = newVisitor()
      for (let i = 0; i < 20; i += 1) expectStatus(await visitor.post(path, CLIENT_ERROR), 204)
      const rejected = await visitor.post(path, CLIENT_ERROR)
      expectErrors(rejected, 429, ['too_many_requests'])
      expect(rejected.headers.get('ratelimit-policy')).toBe('"client-errors";q=20;w=60')
    }))

  test('are rejected from another site', async () => {
    const answer = await newVisitor().send(
      'POST',
      path,
      {
        'content-type': 'application/json',
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
      },
      JSON.stringify(CLIENT_ERROR),
    )
    expectErrors(answer, 403, ['cross_origin'])
  })
})

import { afterEach, describe, expect, test } from 'vitest'
import { expectErrors, expectStatus } from '../harness/expect.ts'
import type { Break } from '../harness/gate.ts'
import { openSite } from '../harness/site.ts'

const site = await openSite()
const { story, database, identity, db } = site
afterEach(() => {
  database.breaks(null)
  identity.breaks(null)
})

const lines = (id: string | null) =>
  site.server
    .getLogs()
    .filter(({ message }) => String(message).includes('"event":"error"') && String(message).includes(id ?? '-'))

const BROKEN: Break[] = ['garbage', 'error page', 'cut off']
const anna = await story.join()
const crud = await anna.cruds('here before')

describe.each(BROKEN)('Postgres answers with: %s', (how) => {
  test('reads and writes are refused in JSON and as a page, and words stay; then all goes on', async () => {
    database.breaks(how)
    for (const path of ['/api/activities/everyone', '/api/activities/home']) {
      const answer = await anna.get(path)
      expectErrors(answer, 503, ['database_unavailable'])
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(lines(answer.headers.get('x-request-id'))).not.toEqual([])
    }
    const page = await story.visitor().visits('/')
    expectStatus(page, 503)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('cache-control')).toContain('no-store')
    const form = await anna.submits('/', { message: `kept through ${how}`, ttl: '1-day' })
    expectStatus(form, 503)
    expect(form.text).toContain(`kept through ${how}`)
    database.breaks(null)
    expectStatus(await anna.get(`/api/activities/${crud.uuid}`), 200)
    expectStatus(await story.visitor().visits('/'), 200)
  })
})

test('a write whose answer was cut off is sent again by its key, and made once', async () => {
  const send = () =>
    anna.send(
      'POST',
      '/api/activities',
      { 'content-type': 'application/json', 'idempotency-key': 'once-and-only' },
      JSON.stringify({ message: 'made once', ttl: '1-hour' }),
    )
  database.breaks('cut off')
  expectErrors(await send(), 503, ['database_unavailable'])
  database.breaks(null)
  const made = expectStatus(await send(), 201).body
  const rows = await db.sql<{ uuid: string }>(`select uuid from activities where message = 'made once'`)
  expect(rows).toEqual([{ uuid: made.uuid }])
})

test('Postgres does not answer at all: 503 at the deadline, and recovery without a restart', async () => {
  const letGo = database.hold()
  const started = performance.now()
  expectErrors(await anna.get('/api/activities/home'), 503, ['database_unavailable'])
  // The deadline is 10 s.
  expect(performance.now() - started).toBeLessThan(15_000)
  letGo()
  expectStatus(await anna.get('/api/activities/home'), 200)
})

describe.each(BROKEN)('Cognito answers with: %s', (how) => {
  test('who is signed in goes on; signing in is 503, counts for nothing, and works again after', async () => {
    const ben = await story.join('ben')
    identity.breaks(how)
    expectStatus(await ben.get('/api/activities/home'), 200)
    for (let i = 0; i < 6; i += 1) {
      const body = { email: ben.email, password: ben.details.password }
      expectErrors(await ben.elsewhere().post('/api/session', body), 503, ['identity_unavailable'])
    }
    const page = await ben.elsewhere().submits('/signin', { email: ben.email, password: ben.details.password })
    expectStatus(page, 503)
    expect(page.text).toContain(ben.email)
    expect(page.text).not.toContain(ben.details.password)
    identity.breaks(null)
    await ben.elsewhere().signsIn()
  })
})

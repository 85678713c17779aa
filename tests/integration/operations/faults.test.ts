import { afterEach, describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../../worker/contract/error.ts'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import type { Fault, FaultProxy } from '../../support/faults/fault-proxy.ts'
import { holdTransaction } from '../../support/faults/held-transaction.ts'

const site = await openSite()
/** A site whose Worker has not loaded the JWKS yet. */
const siteWithoutKeys = await openSite()
/** A site whose Postgres stalls. */
const stallingSite = await openSite()
const { actors, database, identity, db } = site
afterEach(() => {
  for (const proxy of [database, identity]) {
    proxy.injectFault(null)
    proxy.setOutage(false)
  }
  siteWithoutKeys.identity.setOutage(false)
})

/** The log lines of a request: its errors and its access log line. */
const logLinesOf = ({ headers }: Answer) =>
  site.log
    .filter((line) => line.startsWith('{') && line.includes(headers.get('x-request-id') ?? '-'))
    .map((line) => JSON.parse(line))

function expectLogged(answer: Answer, code: ErrorCode, route: string): void {
  const lines = logLinesOf(answer)
  expect(lines.filter(({ event }) => event === 'error')).toMatchObject([{ codes: [code], route }])
  expect(lines.filter(({ event }) => event === 'request')).toMatchObject([{ route, status: answer.status }])
}

const FAULTS: Fault[] = ['garbage', 'error page', 'cut off']
/** Begins an outage or a fault. */
const injectFault = (proxy: FaultProxy, fault: Fault | 'stopped') =>
  fault === 'stopped' ? proxy.setOutage(true) : proxy.injectFault(fault)
const anna = await actors.join()
const activity = await anna.posts('here before')

const WRITES: ['POST' | 'PUT' | 'DELETE' | 'PATCH', (uuid: string) => string, string][] = [
  ['POST', () => '/api/activities', '{"message":"half","ttl":"1-hour"}'],
  ['POST', (uuid) => `/api/activities/${uuid}/replies`, '{"message":"half"}'],
  ['PUT', (uuid) => `/api/activities/${uuid}/like`, '{}'],
  ['PUT', (uuid) => `/api/activities/${uuid}/repost`, '{}'],
  ['PATCH', () => '/api/profile', '{"bio":"half"}'],
  ['POST', () => '/api/notifications/read', '{"up_to":"01a20dc2-7aaa-7389-b334-d306f5b17a26"}'],
  ['DELETE', (uuid) => `/api/activities/${uuid}`, '{}'],
]

/** The number of rows that WRITES create. */
const countWritten = async () => {
  const counts = ['activities', 'feed_items', 'likes', 'reposts', 'notifications'].map(
    async (table) => (await db.sql(`select from ${table}`)).length,
  )
  return [...(await Promise.all(counts)), await db.sql(`select from users where bio = 'half'`)]
}

describe.each([...FAULTS, 'stopped'] as const)('Postgres answers with: %s', (fault) => {
  test('reads and writes answer 503 in JSON and HTML, forms keep their text, and all works again afterwards', async () => {
    const { uuid } = await anna.posts('to be written to')
    const earlier = await countWritten()
    injectFault(database, fault)
    for (const path of ['/api/activities/everyone', '/api/activities/home']) {
      const answer = await anna.get(path)
      expectErrors(answer, 503, ['database_unavailable'])
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expectLogged(answer, 'database_unavailable', path)
    }
    const page = await actors.visitor().visits('/')
    expectStatus(page, 503)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('cache-control')).toContain('no-store')
    const form = await anna.submits('/', { message: `kept through ${fault}`, ttl: '1-day' })
    expectStatus(form, 503)
    expect(form.text).toContain(`kept through ${fault}`)
    for (const [method, path, body] of WRITES) {
      const answer = await anna.send(method, path(uuid), { 'content-type': 'application/json' }, body)
      expectErrors(answer, 503, ['database_unavailable'])
    }
    database.injectFault(null)
    database.setOutage(false)
    expectStatus(await anna.get(`/api/activities/${activity.uuid}`), 200)
    expectStatus(await actors.visitor().visits('/'), 200)
    // A cut-off response loses the answer only: the write itself succeeded.
    if (fault !== 'cut off') expect(await countWritten()).toEqual(earlier)
  })
})

test('a write whose response was cut off is created once when it is retried with its key', async () => {
  const send = () =>
    anna.send(
      'POST',
      '/api/activities',
      { 'content-type': 'application/json', 'idempotency-key': 'once-and-only' },
      JSON.stringify({ message: 'created once', ttl: '1-hour' }),
    )
  database.injectFault('cut off')
  expectErrors(await send(), 503, ['database_unavailable'])
  database.injectFault(null)
  const created = expectStatus(await send(), 201).body
  const rows = await db.sql<{ uuid: string }>(`select uuid from activities where message = 'created once'`)
  expect(rows).toEqual([{ uuid: created.uuid }])
})

test('a database session that is terminated midway answers 503, writes nothing, and the next one works', async () => {
  const transaction = await holdTransaction(db)
  await transaction.sql('lock table likes in access exclusive mode')
  const like = anna.put(`/api/activities/${activity.uuid}/like`)
  await transaction.untilBlocked(1)
  await db.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  )
  expectErrors(await like, 503, ['database_unavailable'])
  await transaction.commit()
  expect(await db.sql('select from likes where activity_uuid = $1', [activity.uuid])).toEqual([])
  expect(expectStatus(await anna.put(`/api/activities/${activity.uuid}/like`), 200).body.likes_count).toBe(1)
})

test('a service that does not answer, or stalls midway, is waited for until its timeout; then all works again', async () => {
  const [dora] = await users(siteWithoutKeys, 'dora')
  const ben = await stallingSite.actors.join('ben')
  const { uuid } = await ben.posts('here before')
  const releases = [database.holdRequests(), siteWithoutKeys.identity.holdRequests()]
  stallingSite.database.injectFault('stalls')
  const start = performance.now()
  const { email, password } = anna.details
  const [postgres, page, keys, cognito, ...stalled] = await Promise.all([
    anna.get('/api/activities/home'),
    actors.visitor().visits('/'),
    dora.get('/api/activities/home'),
    siteWithoutKeys.actors.visitor().post('/api/session', { email, password }),
    ben.get('/api/activities/home'),
    ben.put(`/api/activities/${uuid}/like`),
    stallingSite.actors.visitor().visits('/'),
  ])
  // Postgres has 10 s, the keys 5 s, Cognito 8 s.
  expect(performance.now() - start).toBeLessThan(15_000)
  for (const release of releases) release()
  stallingSite.database.injectFault(null)
  expectErrors(postgres, 503, ['database_unavailable'])
  expectLogged(postgres, 'database_unavailable', '/api/activities/home')
  expectStatus(page, 503)
  for (const answer of [keys, cognito]) {
    expectErrors(answer, 503, ['identity_unavailable'])
    expect(answer.headers.get('retry-after')).toBe('5')
  }
  expectStatus(await anna.get('/api/activities/home'), 200)
  expectStatus(await dora.get('/api/activities/home'), 200)
  await (await siteWithoutKeys.actors.join()).onAnotherDevice().signsIn()
  const [stalledHome, stalledLike, stalledPage] = stalled
  for (const answer of [stalledHome, stalledLike]) expectErrors(answer, 503, ['database_unavailable'])
  expectStatus(stalledPage, 503)
  expectStatus(await ben.get('/api/activities/home'), 200)
})

test('a slow Postgres answers 200', async () => {
  const transaction = await holdTransaction(db)
  await transaction.sql('lock table activities in access exclusive mode')
  const like = anna.get('/api/activities/home')
  await transaction.untilBlocked(1)
  await transaction.commit()
  expectStatus(await like, 200)
})

describe.each([...FAULTS, 'stopped'] as const)('Cognito answers with: %s', (fault) => {
  test('signed-in users are not affected; sign-in answers 503, is not counted, and works again afterwards', async () => {
    const ben = await actors.join('ben')
    injectFault(identity, fault)
    expectStatus(await ben.get('/api/activities/home'), 200)
    for (let i = 0; i < 6; i += 1) {
      const body = { email: ben.email, password: ben.details.password }
      expectErrors(await ben.onAnotherDevice().post('/api/session', body), 503, ['identity_unavailable'])
    }
    const page = await ben.onAnotherDevice().submits('/signin', { email: ben.email, password: ben.details.password })
    expectStatus(page, 503)
    expect(page.text).toContain(ben.email)
    expect(page.text).not.toContain(ben.details.password)
    identity.injectFault(null)
    identity.setOutage(false)
    await ben.onAnotherDevice().signsIn()
  })
})

describe('Postgres goes down after Cognito’s part is done', () => {
  const NEW_PASSWORD = 'Another-2027?'

  test('a new password is kept, and earlier sessions cannot be refreshed', async () => {
    const ben = await actors.join('ben')
    const earlier = ben.onAnotherDevice()
    await earlier.signsIn()
    expectStatus(await ben.post('/api/session/recover', { email: ben.email }), 204)
    database.outageAfter(1)
    const recovery = { email: ben.email, code: ben.code, password: NEW_PASSWORD }
    const answer = expectStatus(await actors.visitor().post('/api/session/recover/confirm', recovery), 204)
    database.setOutage(false)
    expect(logLinesOf(answer)).toEqual(
      expect.arrayContaining([expect.objectContaining({ event: 'error', codes: ['database_unavailable'] })]),
    )
    earlier.cookies.delete('__Host-access')
    expectErrors(await earlier.get('/api/activities/home'), 401, ['unauthorized'])
    await ben.onAnotherDevice().signsIn(NEW_PASSWORD)
  })

  test('a new password ends all sessions even if its attempts cannot be deleted', async () => {
    const ben = await actors.join('ben')
    expectStatus(await ben.post('/api/session/recover', { email: ben.email }), 204)
    const recovery = { email: ben.email, code: ben.code, password: NEW_PASSWORD }
    await db.sql(`
      create function refuse() returns trigger language plpgsql as $$
      begin raise exception using errcode = '53100'; end $$`)
    await db.sql('create trigger refuse before delete on auth_attempts for each row execute function refuse()')
    const answer = await actors.visitor().post('/api/session/recover/confirm', recovery)
    await db.sql('drop function refuse cascade')
    expectStatus(answer, 204)
    expect(logLinesOf(answer)).toMatchObject([
      { event: 'error', codes: ['database_unavailable'] },
      { event: 'recovered' },
      { event: 'request' },
    ])
    expectStatus(await ben.get('/api/activities/home'), 401)
  })

  test('answers with Cognito’s error even if the attempt cannot be taken back', async () => {
    const body = { email: anna.email, password: anna.details.password }
    database.outageAfter(1)
    identity.setOutage(true)
    expectErrors(await anna.onAnotherDevice().post('/api/session', body), 503, ['identity_unavailable'])
    expectErrors(await anna.onAnotherDevice().post('/api/session/recover', { email: anna.email }), 503, [
      'database_unavailable',
    ])
    database.outageAfter(1)
    expectErrors(await anna.onAnotherDevice().post('/api/session/recover', { email: anna.email }), 503, [
      'identity_unavailable',
    ])
  })
})

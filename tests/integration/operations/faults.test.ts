import { afterEach, describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../../worker/contract/error.ts'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import type { Fault, FaultProxy } from '../../support/faults/fault-proxy.ts'
import { holdTransaction } from '../../support/faults/held-transaction.ts'

const site = await openSite()
/** One whose Worker has never seen the keys. */
const cold = await openSite()
const { actors, database, identity, db } = site
afterEach(() => {
  for (const gate of [database, identity]) {
    gate.injectFault(null)
    gate.setOutage(false)
  }
  cold.identity.setOutage(false)
})

/** What the log tells of a request: its errors, and its own line. */
const toldOf = ({ headers }: Answer) =>
  site.log
    .filter((line) => line.startsWith('{') && line.includes(headers.get('x-request-id') ?? '-'))
    .map((line) => JSON.parse(line))

function expectTold(answer: Answer, code: ErrorCode, route: string): void {
  const told = toldOf(answer)
  expect(told.filter(({ event }) => event === 'error')).toMatchObject([{ codes: [code], route }])
  expect(told.filter(({ event }) => event === 'request')).toMatchObject([{ route, status: answer.status }])
}

const BROKEN: Fault[] = ['garbage', 'error page', 'cut off']
/** A service that is stopped, or gives one of these answers. */
const breaking = (gate: FaultProxy, how: Fault | 'stopped') =>
  how === 'stopped' ? gate.setOutage(true) : gate.injectFault(how)
const anna = await actors.join()
const crud = await anna.posts('here before')

const WRITES: ['POST' | 'PUT' | 'DELETE' | 'PATCH', (uuid: string) => string, string][] = [
  ['POST', () => '/api/activities', '{"message":"half","ttl":"1-hour"}'],
  ['POST', (uuid) => `/api/activities/${uuid}/replies`, '{"message":"half"}'],
  ['PUT', (uuid) => `/api/activities/${uuid}/like`, '{}'],
  ['PUT', (uuid) => `/api/activities/${uuid}/repost`, '{}'],
  ['PATCH', () => '/api/profile', '{"bio":"half"}'],
  ['POST', () => '/api/notifications/read', '{"up_to":"01a20dc2-7aaa-7389-b334-d306f5b17a26"}'],
  ['DELETE', (uuid) => `/api/activities/${uuid}`, '{}'],
]

/** How much of what those write is there. */
const written = async () => {
  const counts = ['activities', 'feed_items', 'likes', 'reposts', 'notifications'].map(
    async (table) => (await db.sql(`select from ${table}`)).length,
  )
  return [...(await Promise.all(counts)), await db.sql(`select from users where bio = 'half'`)]
}

describe.each([...BROKEN, 'stopped'] as const)('Postgres answers with: %s', (how) => {
  test('reads and writes are refused in JSON and as a page, and words stay; then all goes on', async () => {
    const { uuid } = await anna.posts('to be done half')
    const before = await written()
    breaking(database, how)
    for (const path of ['/api/activities/everyone', '/api/activities/home']) {
      const answer = await anna.get(path)
      expectErrors(answer, 503, ['database_unavailable'])
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expectTold(answer, 'database_unavailable', path)
    }
    const page = await actors.visitor().visits('/')
    expectStatus(page, 503)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('cache-control')).toContain('no-store')
    const form = await anna.submits('/', { message: `kept through ${how}`, ttl: '1-day' })
    expectStatus(form, 503)
    expect(form.text).toContain(`kept through ${how}`)
    for (const [method, path, body] of WRITES) {
      const answer = await anna.send(method, path(uuid), { 'content-type': 'application/json' }, body)
      expectErrors(answer, 503, ['database_unavailable'])
    }
    database.injectFault(null)
    database.setOutage(false)
    expectStatus(await anna.get(`/api/activities/${crud.uuid}`), 200)
    expectStatus(await actors.visitor().visits('/'), 200)
    // Cut off, the answer alone is lost: whoever sends it again learns what became of it.
    if (how !== 'cut off') expect(await written()).toEqual(before)
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
  database.injectFault('cut off')
  expectErrors(await send(), 503, ['database_unavailable'])
  database.injectFault(null)
  const made = expectStatus(await send(), 201).body
  const rows = await db.sql<{ uuid: string }>(`select uuid from activities where message = 'made once'`)
  expect(rows).toEqual([{ uuid: made.uuid }])
})

test('Postgres ends a session in the middle of its work: 503, nothing of it stays, and the next one is good', async () => {
  const held = await holdTransaction(db)
  await held.sql('lock table likes in access exclusive mode')
  const asked = anna.put(`/api/activities/${crud.uuid}/like`)
  await held.untilBlocked(1)
  await db.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  )
  expectErrors(await asked, 503, ['database_unavailable'])
  await held.commit()
  expect(await db.sql('select from likes where activity_uuid = $1', [crud.uuid])).toEqual([])
  expect(expectStatus(await anna.put(`/api/activities/${crud.uuid}/like`), 200).body.likes_count).toBe(1)
})

test('whoever does not answer is waited for until a deadline, and no longer; then all goes on', async () => {
  const [dora] = await users(cold, 'dora')
  const letGo = [database.holdRequests(), cold.identity.holdRequests()]
  const started = performance.now()
  const { email, password } = anna.details
  const [postgres, page, keys, cognito] = await Promise.all([
    anna.get('/api/activities/home'),
    actors.visitor().visits('/'),
    dora.get('/api/activities/home'),
    cold.actors.visitor().post('/api/session', { email, password }),
  ])
  // Postgres has 10 s, the keys 5 s, Cognito 8 s.
  expect(performance.now() - started).toBeLessThan(15_000)
  for (const go of letGo) go()
  expectErrors(postgres, 503, ['database_unavailable'])
  expectTold(postgres, 'database_unavailable', '/api/activities/home')
  expectStatus(page, 503)
  for (const answer of [keys, cognito]) {
    expectErrors(answer, 503, ['identity_unavailable'])
    expect(answer.headers.get('retry-after')).toBe('5')
  }
  expectStatus(await anna.get('/api/activities/home'), 200)
  expectStatus(await dora.get('/api/activities/home'), 200)
  await (await cold.actors.join()).onAnotherDevice().signsIn()
})

test('nor whoever stops in the middle of an answer', async () => {
  database.injectFault('stalls')
  const [home, like, page] = await Promise.all([
    anna.get('/api/activities/home'),
    anna.put(`/api/activities/${crud.uuid}/like`),
    actors.visitor().visits('/'),
  ])
  database.injectFault(null)
  for (const answer of [home, like]) expectErrors(answer, 503, ['database_unavailable'])
  expectStatus(page, 503)
  expectStatus(await anna.get('/api/activities/home'), 200)
})

test('a slow Postgres is waited for', async () => {
  const held = await holdTransaction(db)
  await held.sql('lock table activities in access exclusive mode')
  const asked = anna.get('/api/activities/home')
  await held.untilBlocked(1)
  await held.commit()
  expectStatus(await asked, 200)
})

describe.each([...BROKEN, 'stopped'] as const)('Cognito answers with: %s', (how) => {
  test('who is signed in goes on; signing in is 503, counts for nothing, and works again after', async () => {
    const ben = await actors.join('ben')
    breaking(identity, how)
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

describe('Postgres goes away after Cognito has done what was asked', () => {
  const NEW = 'Another-2027?'

  test('a new password stands, and what was signed in before is out as far as it can be', async () => {
    const ben = await actors.join('ben')
    const before = ben.onAnotherDevice()
    await before.signsIn()
    expectStatus(await ben.post('/api/session/recover', { email: ben.email }), 204)
    database.outageAfter(1)
    const recovery = { email: ben.email, code: ben.code, password: NEW }
    const answer = expectStatus(await actors.visitor().post('/api/session/recover/confirm', recovery), 204)
    database.setOutage(false)
    expect(toldOf(answer)).toEqual(
      expect.arrayContaining([expect.objectContaining({ event: 'error', codes: ['database_unavailable'] })]),
    )
    before.cookies.delete('__Host-access')
    expectErrors(await before.get('/api/activities/home'), 401, ['unauthorized'])
    await ben.onAnotherDevice().signsIn(NEW)
  })

  test('a new password ends all sessions, though its tries cannot be forgotten', async () => {
    const ben = await actors.join('ben')
    expectStatus(await ben.post('/api/session/recover', { email: ben.email }), 204)
    const recovery = { email: ben.email, code: ben.code, password: NEW }
    await db.sql(`
      create function refuse() returns trigger language plpgsql as $$
      begin raise exception using errcode = '53100'; end $$`)
    await db.sql('create trigger refuse before delete on auth_attempts for each row execute function refuse()')
    const answer = await actors.visitor().post('/api/session/recover/confirm', recovery)
    await db.sql('drop function refuse cascade')
    expectStatus(answer, 204)
    expect(toldOf(answer)).toMatchObject([
      { event: 'error', codes: ['database_unavailable'] },
      { event: 'recovered' },
      { event: 'request' },
    ])
    expectStatus(await ben.get('/api/activities/home'), 401)
  })

  test('what Cognito failed with is the answer, and not that the try could not be taken back', async () => {
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

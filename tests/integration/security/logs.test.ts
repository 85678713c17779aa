import { afterEach, describe, expect, test, vi } from 'vitest'
import { openCollector } from '../../harness/collector.ts'
import { openPushService } from '../../harness/push-service.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { subscribes } from '../../support/actors/push.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { Canaries } from '../../support/assertions/secrets-canary.ts'

const canaries = new Canaries()
const reports = await openCollector()
const pushService = await openPushService()
const site = await openSite({
  pool: { clientSecret: canaries.plant('clientsecret') },
  traced: true,
  settings: {
    ROLLBAR_ACCESS_TOKEN: canaries.plant('rollbartoken'),
    ROLLBAR_ENDPOINT: reports.url,
    PUSH_ENDPOINT: pushService.origin,
  },
})
const { actors, db, database, identity } = site
canaries.plant('database password', new URL(db.workerUrl).password)
afterEach(() => {
  for (const proxy of [database, identity]) {
    proxy.setOutage(false)
    proxy.injectFault(null)
  }
})

/** Logs and reports arrive after the answer. */
const WAIT = { timeout: 10_000 }
const TRACE_PREFIX = '{"event":"trace"'

/** All log lines, including spans. */
const lines = () => [...site.log]
/** All reports to the vendor. */
const reportsSent = () => reports.received.map(({ path, body }) => path + JSON.stringify(body))

/** Registers the current cookies of an actor as canaries. */
function plantCookies(actor: Actor): void {
  for (const [name, value] of actor.cookies) canaries.plant(name, value)
}

/** A user whose every detail is a canary. */
async function joinWithCanaries(): Promise<Actor> {
  const actor = actors.unregistered()
  Object.assign(actor.details, {
    display_name: canaries.plant('name'),
    email: `${canaries.plant('email')}@example.com`,
    password: canaries.plant('Password-2026!'),
    handle: canaries.plant('handle').replaceAll('-', '_'),
  })
  canaries.plant('handle', actor.handle)
  await actor.signsUp()
  canaries.plant('code', actor.code)
  expectStatus(await actor.post('/api/session/confirm', { email: actor.email, code: canaries.plant('nocode') }), 422)
  expectStatus(await actor.post('/api/session/resend', { email: actor.email }), 204)
  canaries.plant('code', actor.code)
  await actor.confirms()
  plantCookies(actor)
  return actor
}

/** How many lines and reports were searched already, for all canaries of that time. */
const searched = { lines: 0, reportsSent: 0 }

async function expectNoLeak(): Promise<void> {
  // Logs of earlier requests have arrived once those of a later request have.
  const { headers } = await actors.visitor().get('/api/health-check')
  // The spans are the last log line of a request.
  const id = headers.get('x-request-id') ?? ''
  await vi.waitFor(
    () => expect(lines().some((line) => line.startsWith(TRACE_PREFIX) && line.includes(id))).toBe(true),
    WAIT,
  )
  const [logged, exported] = [lines(), reportsSent()]
  const all = [...logged.slice(searched.lines), ...exported.slice(searched.reportsSent)]
  Object.assign(searched, { lines: logged.length, reportsSent: exported.length })
  expect(all.length).toBeGreaterThan(5)
  const found = canaries.foundIn(all.join('\n'))
  expect(found, found.length > 0 ? all.find((one) => canaries.foundIn(one).length > 0)?.slice(0, 1_000) : '').toEqual(
    [],
  )
}

test('successful requests leave log lines and spans without secrets or texts', async () => {
  const [anna, ben] = [await joinWithCanaries(), await joinWithCanaries()]
  await anna.onAnotherDevice().signsIn()
  // Not the endpoint: Cloudflare's span of a fetch has its address. live/push.test.ts looks for it in our own lines.
  const { keys } = await subscribes(anna, pushService)
  canaries.plant('push keys', keys.auth)
  canaries.plant('push keys', keys.p256dh)
  const text = canaries.plant('text')
  const tag = canaries.plant('tag').replaceAll('-', '')
  canaries.plant('tag', tag)
  const activity = await anna.posts(`${text} #${tag} @${ben.handle} https://${canaries.plant('link')}.example/`)
  const reply = await ben.replies(activity, canaries.plant('reply'))
  const key = { 'content-type': 'application/json', 'idempotency-key': canaries.plant('key') }
  const bodyWithKey = JSON.stringify({ message: canaries.plant('keyed'), ttl: '1-hour' })
  expectStatus(await anna.send('POST', '/api/activities', key, bodyWithKey), 201)
  const { body } = await ben.post('/api/messages', { handle: anna.handle, message: canaries.plant('message') })
  await vi.waitFor(() => expect(pushService.received.length).toBeGreaterThan(0), WAIT)
  pushService.answers = 503
  for (const action of ['like', 'repost'])
    expectStatus(await ben.put(`/api/activities/${activity.uuid}/${action}`), 200)
  for (const action of ['follow', 'block']) expectStatus(await anna.put(`/api/users/@${ben.handle}/${action}`), 200)
  expectStatus(await anna.delete(`/api/users/@${ben.handle}/block`), 200)
  const change = { display_name: canaries.plant('newname'), bio: canaries.plant('bio') }
  expectStatus(
    await anna.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, JSON.stringify(change)),
    200,
  )
  const bio = canaries.plant('formbio')
  const form = { intent: 'profile', display_name: change.display_name, display_name_before: change.display_name, bio }
  expectStatus(await anna.submits('/settings', form), 303)
  expectStatus(await anna.submits('/', { message: canaries.plant('formtext'), ttl: '1-day' }), 303)
  const term = canaries.plant('term')
  const activityPath = `/@${anna.handle}/status/${activity.uuid}`
  const pages = [
    '/',
    activityPath,
    `/@${anna.handle}`,
    `/search?term=${term}`,
    `/search?term=${term}&in=people`,
    `/tags/${tag}`,
  ]
  pages.push('/notifications', '/messages', `/messages/${body.message_group_uuid}`, '/settings', '/api/profile/export')
  pages.push(`/api/users/search?term=${term}`, `/api/users?prefix=${anna.handle}`, `/api/tags/${tag}`)
  pages.push(`/signin?email=${anna.email}`, `/confirm?email=${encodeURIComponent(anna.email)}`)
  for (const path of pages) expect([200, 302], path).toContain((await anna.visits(path)).status)
  expectStatus(
    await ben.submits(`/@${ben.handle}/status/${reply.uuid}/rewrite`, { message: canaries.plant('rewritten') }),
    303,
  )
  await anna.deletes(activity)

  const next = canaries.plant('Newpassword-2026!')
  expectStatus(await anna.put('/api/session/password', { current: anna.details.password, new: next }), 200)
  plantCookies(anna)
  expectStatus(await anna.post('/api/session/recover', { email: anna.email }), 204)
  canaries.plant('code', anna.code)
  const third = canaries.plant('Third-password-2026!')
  const recovery = { email: anna.email, code: anna.code, password: third }
  expectStatus(await anna.post('/api/session/recover/confirm', recovery), 204)
  await anna.signsIn(third)
  plantCookies(anna)
  expectStatus(await anna.delete('/api/session/all'), 204)
  await expectNoLeak()
  expect(lines().filter((line) => line.includes('"event":"request"')).length).toBeGreaterThan(30)
  expect(lines().filter((line) => line.includes('"event":"error"'))).toEqual([])
  expect(site.log.filter((line) => line.startsWith(TRACE_PREFIX)).length).toBeGreaterThan(30)
})

test('rejected requests leave no input', async () => {
  const anna = await joinWithCanaries()
  const json = { 'content-type': 'application/json' }
  const long = canaries.plant('long').repeat(20)
  expectStatus(await anna.post('/api/activities', { message: long, ttl: canaries.plant('ttl') }), 422)
  expectStatus(await anna.submits('/', { message: long, ttl: '1-day' }), 422)
  expectStatus(await anna.send('POST', '/api/activities', json, `{"message":"${canaries.plant('malformed')}`), 400)
  expectStatus(
    await anna.send('POST', '/api/activities', { 'content-type': 'text/plain' }, canaries.plant('plain')),
    415,
  )
  expectStatus(await anna.post('/api/messages', { handle: canaries.plant('nobody'), message: 'x' }), 422)
  const wrong = { email: anna.email, password: canaries.plant('Wrong-2026!') }
  expectStatus(await anna.onAnotherDevice().post('/api/session', wrong), 401)
  expectStatus(await anna.onAnotherDevice().submits('/signin', wrong), 401)
  const stranger = { email: `${canaries.plant('stranger')}@example.com`, password: canaries.plant('Nopassword-2026!') }
  expectStatus(await actors.visitor().post('/api/session', stranger), 401)
  expectStatus(
    await actors.visitor().get(`/api/nothing/${canaries.plant('apipath')}?q=${canaries.plant('query')}`),
    404,
  )
  expectStatus(await actors.visitor().visits(`/${canaries.plant('path')}/x?q=${canaries.plant('pagequery')}`), 404)
  expectStatus(await actors.visitor().visits(`/?cursor=${canaries.plant('cursor')}`), 400)
  const headers: Record<string, string> = {}
  for (const name of [
    'user-agent',
    'referer',
    'x-forwarded-for',
    'accept-language',
    'cookie',
    'traceparent',
    'x-request-id',
  ])
    headers[name] = canaries.plant(name)
  expectStatus(await actors.visitor().visits('/', headers), 200)
  expectStatus(
    await actors.visitor().get('/api/activities/home', { authorization: `Bearer ${canaries.plant('bearer')}` }),
    401,
  )
  expectStatus(await actors.visitor().visits('/', { cookie: `__Host-access=${canaries.plant('access')}` }), 200)
  expectStatus(await actors.visitor().visits('/', { cookie: `__Host-refresh=${canaries.plant('refresh')}` }), 200)
  const failure = { name: 'TypeError', route: '/', frames: [], message: canaries.plant('clientmessage') }
  expectStatus(await actors.visitor().post('/api/client-errors', failure), 400)
  await expectNoLeak()
})

describe('failures leave request ids and causes, without secrets or texts', () => {
  test('during outages and faults of our services', async () => {
    const anna = await joinWithCanaries()
    for (const fault of ['outage', 'garbage', 'cut off'] as const) {
      if (fault === 'outage') database.setOutage(true)
      else database.injectFault(fault)
      const outage = await anna.post('/api/activities', { message: canaries.plant('lost'), ttl: '1-hour' })
      expectErrors(outage, 503, ['database_unavailable'])
      expect(lines().join('\n')).toContain(outage.headers.get('x-request-id') ?? 'no id')
      expectStatus(await anna.visits(`/search?term=${canaries.plant('lostterm')}`), 503)
      expectStatus(await anna.submits('/', { message: canaries.plant('lostform'), ttl: '1-hour' }), 503)
      database.setOutage(false)
      database.injectFault(null)
      if (fault === 'outage') identity.setOutage(true)
      else identity.injectFault(fault)
      const { email, password } = anna.details
      expectStatus(await anna.onAnotherDevice().post('/api/session', { email, password }), 503)
      const newcomer = { ...actors.unregistered().details, password: canaries.plant('Lostpassword-2026!') }
      canaries.plant('email', newcomer.email)
      expectStatus(await actors.visitor().post('/api/session/sign-up', newcomer), 503)
      identity.setOutage(false)
      identity.injectFault(null)
    }
    await expectNoLeak()
  })

  test('with a database error that contains a whole row', async () => {
    const anna = await joinWithCanaries()
    const text = canaries.plant('checked')
    await db.sql(`alter table activities add constraint activities__test check (message <> '${text}') not valid`)
    const check = await anna.post('/api/activities', { message: text, ttl: '1-hour' })
    expectErrors(check, 500, ['internal'])
    expectStatus(await anna.submits('/', { message: text, ttl: '1-hour' }), 500)
    await db.sql('alter table follows rename to missing')
    const missing = await anna.get('/api/session')
    expectErrors(missing, 500, ['internal'])
    expectStatus(await anna.visits('/'), 500)
    await db.sql('alter table missing rename to follows')
    const ids = [check, missing].map(({ headers }) => headers.get('x-request-id') ?? 'no id')
    for (const id of ids) {
      expect(lines().join('\n')).toContain(id)
      await vi.waitFor(() => expect(JSON.stringify(reports.received)).toContain(id), WAIT)
    }
    await expectNoLeak()
    expect(canaries.count).toBeGreaterThan(30)
  })
})

test('a canary is found in every encoding', () => {
  const word = canaries.plant('encoded')
  const forms = [
    word,
    encodeURIComponent(word),
    btoa(word),
    btoa(`x${word}`),
    btoa(`xy${word}z`),
    JSON.stringify({ word }),
  ]
  for (const form of [...forms, Buffer.from(word).toString('hex')]) {
    expect(canaries.foundIn(`line ${form} end`)).toHaveLength(1)
  }
  expect(canaries.foundIn('a line of something else')).toEqual([])
})

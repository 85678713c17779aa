import { afterEach, describe, expect, test, vi } from 'vitest'
import { openCollector } from '../../harness/collector.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { Canaries } from '../../support/assertions/secrets-canary.ts'

const canaries = new Canaries()
const reports = await openCollector()
const site = await openSite({
  pool: { clientSecret: canaries.plant('clientsecret') },
  traced: true,
  settings: {
    ROLLBAR_ACCESS_TOKEN: canaries.plant('rollbartoken'),
    ROLLBAR_ENDPOINT: reports.url,
  },
})
const { actors, db, database, identity } = site
canaries.plant('database password', new URL(db.workerUrl).password)
afterEach(() => {
  for (const gate of [database, identity]) {
    gate.setOutage(false)
    gate.injectFault(null)
  }
})

const TRACE = '{"event":"trace"'

/** All that was told of what happened: the log with its spans, and reports. */
const lines = () => [...site.log]
const sent = () => reports.received.map(({ path, body }) => path + JSON.stringify(body))

/** Whatever opens a session of theirs, as it is now. */
function note(person: Actor): void {
  for (const [name, value] of person.cookies) canaries.plant(name, value)
}

/** Somebody of whom every word is a canary. */
async function join(): Promise<Actor> {
  const person = actors.unregistered()
  Object.assign(person.details, {
    display_name: canaries.plant('name'),
    email: `${canaries.plant('email')}@example.com`,
    password: canaries.plant('Password-2026!'),
    handle: canaries.plant('handle').replaceAll('-', '_'),
  })
  canaries.plant('handle', person.handle)
  await person.signsUp()
  canaries.plant('code', person.code)
  expectStatus(await person.post('/api/session/confirm', { email: person.email, code: canaries.plant('nocode') }), 422)
  expectStatus(await person.post('/api/session/resend', { email: person.email }), 204)
  canaries.plant('code', person.code)
  await person.confirms()
  note(person)
  return person
}

/** So much of it has been looked through, for all words that there were. */
const seen = { lines: 0, sent: 0 }

async function expectUntold(): Promise<void> {
  // The last of what is sent has arrived once a later request's has.
  const { headers } = await actors.visitor().get('/api/health-check')
  // The spans of a request are the last that is told of it.
  const id = headers.get('x-request-id') ?? ''
  await vi.waitFor(() => expect(lines().some((line) => line.startsWith(TRACE) && line.includes(id))).toBe(true))
  const [logged, exported] = [lines(), sent()]
  const all = [...logged.slice(seen.lines), ...exported.slice(seen.sent)]
  Object.assign(seen, { lines: logged.length, sent: exported.length })
  expect(all.length).toBeGreaterThan(5)
  const found = canaries.foundIn(all.join('\n'))
  expect(found, found.length > 0 ? all.find((one) => canaries.foundIn(one).length > 0)?.slice(0, 1_000) : '').toEqual(
    [],
  )
}

test('a good day leaves lines and spans, and nothing of anybody’s', async () => {
  const [anna, ben] = [await join(), await join()]
  await anna.onAnotherDevice().signsIn()
  const text = canaries.plant('text')
  const tag = canaries.plant('tag').replaceAll('-', '')
  canaries.plant('tag', tag)
  const crud = await anna.posts(`${text} #${tag} @${ben.handle} https://${canaries.plant('link')}.example/`)
  const reply = await ben.replies(crud, canaries.plant('reply'))
  const key = { 'content-type': 'application/json', 'idempotency-key': canaries.plant('key') }
  const keyed = JSON.stringify({ message: canaries.plant('keyed'), ttl: '1-hour' })
  expectStatus(await anna.send('POST', '/api/activities', key, keyed), 201)
  const { body } = await ben.post('/api/messages', { handle: anna.handle, message: canaries.plant('message') })
  for (const act of ['like', 'repost']) expectStatus(await ben.put(`/api/activities/${crud.uuid}/${act}`), 200)
  for (const act of ['follow', 'block']) expectStatus(await anna.put(`/api/users/@${ben.handle}/${act}`), 200)
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
  const at = `/@${anna.handle}/status/${crud.uuid}`
  const pages = ['/', at, `/@${anna.handle}`, `/search?term=${term}`, `/search?term=${term}&in=people`, `/tags/${tag}`]
  pages.push('/notifications', '/messages', `/messages/${body.message_group_uuid}`, '/settings', '/api/profile/export')
  pages.push(`/api/users/search?term=${term}`, `/api/users?prefix=${anna.handle}`, `/api/tags/${tag}`)
  pages.push(`/signin?email=${anna.email}`, `/confirm?email=${encodeURIComponent(anna.email)}`)
  for (const path of pages) expect([200, 302], path).toContain((await anna.visits(path)).status)
  expectStatus(
    await ben.submits(`/@${ben.handle}/status/${reply.uuid}/rewrite`, { message: canaries.plant('anew') }),
    303,
  )
  await anna.deletes(crud)

  const next = canaries.plant('Newpassword-2026!')
  expectStatus(await anna.put('/api/session/password', { current: anna.details.password, new: next }), 200)
  note(anna)
  expectStatus(await anna.post('/api/session/recover', { email: anna.email }), 204)
  canaries.plant('code', anna.code)
  const third = canaries.plant('Third-password-2026!')
  const recovery = { email: anna.email, code: anna.code, password: third }
  expectStatus(await anna.post('/api/session/recover/confirm', recovery), 204)
  await anna.signsIn(third)
  note(anna)
  expectStatus(await anna.delete('/api/session/all'), 204)
  await expectUntold()
  expect(lines().filter((line) => line.includes('"event":"request"')).length).toBeGreaterThan(30)
  expect(lines().filter((line) => line.includes('"event":"error"'))).toEqual([])
  expect(site.log.filter((line) => line.startsWith(TRACE)).length).toBeGreaterThan(30)
})

test('what is refused leaves nothing of it', async () => {
  const anna = await join()
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
  const told: Record<string, string> = {}
  for (const name of [
    'user-agent',
    'referer',
    'x-forwarded-for',
    'accept-language',
    'cookie',
    'traceparent',
    'x-request-id',
  ])
    told[name] = canaries.plant(name)
  expectStatus(await actors.visitor().visits('/', told), 200)
  expectStatus(
    await actors.visitor().get('/api/activities/home', { authorization: `Bearer ${canaries.plant('bearer')}` }),
    401,
  )
  expectStatus(await actors.visitor().visits('/', { cookie: `__Host-access=${canaries.plant('access')}` }), 200)
  expectStatus(await actors.visitor().visits('/', { cookie: `__Host-refresh=${canaries.plant('refresh')}` }), 200)
  const failure = { name: 'TypeError', route: '/', frames: [], message: canaries.plant('clientmessage') }
  expectStatus(await actors.visitor().post('/api/client-errors', failure), 400)
  await expectUntold()
})

describe('a bad day leaves what is needed to mend it, and nothing of anybody’s', () => {
  test('our services are out of reach, or answer nonsense', async () => {
    const anna = await join()
    for (const how of ['shut', 'garbage', 'cut off'] as const) {
      if (how === 'shut') database.setOutage(true)
      else database.injectFault(how)
      const outage = await anna.post('/api/activities', { message: canaries.plant('lost'), ttl: '1-hour' })
      expectErrors(outage, 503, ['database_unavailable'])
      expect(lines().join('\n')).toContain(outage.headers.get('x-request-id') ?? 'no id')
      expectStatus(await anna.visits(`/search?term=${canaries.plant('lostterm')}`), 503)
      expectStatus(await anna.submits('/', { message: canaries.plant('lostform'), ttl: '1-hour' }), 503)
      database.setOutage(false)
      database.injectFault(null)
      if (how === 'shut') identity.setOutage(true)
      else identity.injectFault(how)
      const { email, password } = anna.details
      expectStatus(await anna.onAnotherDevice().post('/api/session', { email, password }), 503)
      const newcomer = { ...actors.unregistered().details, password: canaries.plant('Lostpassword-2026!') }
      canaries.plant('email', newcomer.email)
      expectStatus(await actors.visitor().post('/api/session/sign-up', newcomer), 503)
      identity.setOutage(false)
      identity.injectFault(null)
    }
    await expectUntold()
  })

  test('the database refuses what it should take, with a whole row in its message', async () => {
    const anna = await join()
    const text = canaries.plant('checked')
    await db.sql(`alter table activities add constraint activities__test check (message <> '${text}') not valid`)
    const check = await anna.post('/api/activities', { message: text, ttl: '1-hour' })
    expectErrors(check, 500, ['internal'])
    expectStatus(await anna.submits('/', { message: text, ttl: '1-hour' }), 500)
    await db.sql('alter table follows rename to gone')
    const missing = await anna.get('/api/session')
    expectErrors(missing, 500, ['internal'])
    expectStatus(await anna.visits('/'), 500)
    await db.sql('alter table gone rename to follows')
    const ids = [check, missing].map(({ headers }) => headers.get('x-request-id') ?? 'no id')
    for (const id of ids) {
      expect(lines().join('\n')).toContain(id)
      await vi.waitFor(() => expect(JSON.stringify(reports.received)).toContain(id))
    }
    await expectUntold()
    expect(canaries.count).toBeGreaterThan(30)
  })
})

test('a canary would be heard, in whatever form', () => {
  const word = canaries.plant('heard')
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

import { afterEach, describe, expect, test, vi } from 'vitest'
import { openCollector } from '../../harness/collector.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { Canaries } from '../../support/assertions/secrets-canary.ts'

const canaries = new Canaries()
const reports = await openCollector()
const site = await openSite({
  pool: { clientSecret: canaries.fly('clientsecret') },
  traced: true,
  settings: {
    ROLLBAR_ACCESS_TOKEN: canaries.fly('rollbartoken'),
    ROLLBAR_ENDPOINT: reports.url,
  },
})
const { actors: story, db, database, identity } = site
canaries.fly('database password', new URL(db.workerUrl).password)
afterEach(() => {
  for (const gate of [database, identity]) {
    gate.shut(false)
    gate.fails(null)
  }
})

const TRACE = '{"event":"trace"'

/** All that was told of what happened: the log with its spans, and reports. */
const lines = () => [...site.log]
const sent = () => reports.received.map(({ path, body }) => path + JSON.stringify(body))

/** Whatever opens a session of theirs, as it is now. */
function note(person: Actor): void {
  for (const [name, value] of person.cookies) canaries.fly(name, value)
}

/** Somebody of whom every word is a canary. */
async function join(): Promise<Actor> {
  const person = story.meets()
  Object.assign(person.details, {
    display_name: canaries.fly('name'),
    email: `${canaries.fly('email')}@example.com`,
    password: canaries.fly('Password-2026!'),
    handle: canaries.fly('handle').replaceAll('-', '_'),
  })
  canaries.fly('handle', person.handle)
  await person.signsUp()
  canaries.fly('code', person.code)
  expectStatus(await person.post('/api/session/confirm', { email: person.email, code: canaries.fly('nocode') }), 422)
  expectStatus(await person.post('/api/session/resend', { email: person.email }), 204)
  canaries.fly('code', person.code)
  await person.confirms()
  note(person)
  return person
}

/** So much of it has been looked through, for all words that there were. */
const seen = { lines: 0, sent: 0 }

async function expectUntold(): Promise<void> {
  // The last of what is sent has arrived once a later request's has.
  const { headers } = await story.visitor().get('/api/health-check')
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
  await anna.elsewhere().signsIn()
  const text = canaries.fly('text')
  const tag = canaries.fly('tag').replaceAll('-', '')
  canaries.fly('tag', tag)
  const crud = await anna.posts(`${text} #${tag} @${ben.handle} https://${canaries.fly('link')}.example/`)
  const reply = await ben.replies(crud, canaries.fly('reply'))
  const key = { 'content-type': 'application/json', 'idempotency-key': canaries.fly('key') }
  const keyed = JSON.stringify({ message: canaries.fly('keyed'), ttl: '1-hour' })
  expectStatus(await anna.send('POST', '/api/activities', key, keyed), 201)
  const { body } = await ben.post('/api/messages', { handle: anna.handle, message: canaries.fly('message') })
  for (const act of ['like', 'repost']) expectStatus(await ben.put(`/api/activities/${crud.uuid}/${act}`), 200)
  for (const act of ['follow', 'block']) expectStatus(await anna.put(`/api/users/@${ben.handle}/${act}`), 200)
  expectStatus(await anna.delete(`/api/users/@${ben.handle}/block`), 200)
  const change = { display_name: canaries.fly('newname'), bio: canaries.fly('bio') }
  expectStatus(
    await anna.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, JSON.stringify(change)),
    200,
  )
  const bio = canaries.fly('formbio')
  const form = { intent: 'profile', display_name: change.display_name, display_name_before: change.display_name, bio }
  expectStatus(await anna.submits('/settings', form), 303)
  expectStatus(await anna.submits('/', { message: canaries.fly('formtext'), ttl: '1-day' }), 303)
  const term = canaries.fly('term')
  const at = `/@${anna.handle}/status/${crud.uuid}`
  const pages = ['/', at, `/@${anna.handle}`, `/search?term=${term}`, `/search?term=${term}&in=people`, `/tags/${tag}`]
  pages.push('/notifications', '/messages', `/messages/${body.message_group_uuid}`, '/settings', '/api/profile/export')
  pages.push(`/api/users/search?term=${term}`, `/api/users?prefix=${anna.handle}`, `/api/tags/${tag}`)
  pages.push(`/signin?email=${anna.email}`, `/confirm?email=${encodeURIComponent(anna.email)}`)
  for (const path of pages) expect([200, 302], path).toContain((await anna.visits(path)).status)
  expectStatus(
    await ben.submits(`/@${ben.handle}/status/${reply.uuid}/rewrite`, { message: canaries.fly('anew') }),
    303,
  )
  await anna.deletes(crud)

  const next = canaries.fly('Newpassword-2026!')
  expectStatus(await anna.put('/api/session/password', { current: anna.details.password, new: next }), 200)
  note(anna)
  expectStatus(await anna.post('/api/session/recover', { email: anna.email }), 204)
  canaries.fly('code', anna.code)
  const third = canaries.fly('Third-password-2026!')
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
  const long = canaries.fly('long').repeat(20)
  expectStatus(await anna.post('/api/activities', { message: long, ttl: canaries.fly('ttl') }), 422)
  expectStatus(await anna.submits('/', { message: long, ttl: '1-day' }), 422)
  expectStatus(await anna.send('POST', '/api/activities', json, `{"message":"${canaries.fly('malformed')}`), 400)
  expectStatus(await anna.send('POST', '/api/activities', { 'content-type': 'text/plain' }, canaries.fly('plain')), 415)
  expectStatus(await anna.post('/api/messages', { handle: canaries.fly('nobody'), message: 'x' }), 422)
  const wrong = { email: anna.email, password: canaries.fly('Wrong-2026!') }
  expectStatus(await anna.elsewhere().post('/api/session', wrong), 401)
  expectStatus(await anna.elsewhere().submits('/signin', wrong), 401)
  const stranger = { email: `${canaries.fly('stranger')}@example.com`, password: canaries.fly('Nopassword-2026!') }
  expectStatus(await story.visitor().post('/api/session', stranger), 401)
  expectStatus(await story.visitor().get(`/api/nothing/${canaries.fly('apipath')}?q=${canaries.fly('query')}`), 404)
  expectStatus(await story.visitor().visits(`/${canaries.fly('path')}/x?q=${canaries.fly('pagequery')}`), 404)
  expectStatus(await story.visitor().visits(`/?cursor=${canaries.fly('cursor')}`), 400)
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
    told[name] = canaries.fly(name)
  expectStatus(await story.visitor().visits('/', told), 200)
  expectStatus(
    await story.visitor().get('/api/activities/home', { authorization: `Bearer ${canaries.fly('bearer')}` }),
    401,
  )
  expectStatus(await story.visitor().visits('/', { cookie: `__Host-access=${canaries.fly('access')}` }), 200)
  expectStatus(await story.visitor().visits('/', { cookie: `__Host-refresh=${canaries.fly('refresh')}` }), 200)
  const failure = { name: 'TypeError', route: '/', frames: [], message: canaries.fly('clientmessage') }
  expectStatus(await story.visitor().post('/api/client-errors', failure), 400)
  await expectUntold()
})

describe('a bad day leaves what is needed to mend it, and nothing of anybody’s', () => {
  test('our services are out of reach, or answer nonsense', async () => {
    const anna = await join()
    for (const how of ['shut', 'garbage', 'cut off'] as const) {
      if (how === 'shut') database.shut(true)
      else database.fails(how)
      const outage = await anna.post('/api/activities', { message: canaries.fly('lost'), ttl: '1-hour' })
      expectErrors(outage, 503, ['database_unavailable'])
      expect(lines().join('\n')).toContain(outage.headers.get('x-request-id') ?? 'no id')
      expectStatus(await anna.visits(`/search?term=${canaries.fly('lostterm')}`), 503)
      expectStatus(await anna.submits('/', { message: canaries.fly('lostform'), ttl: '1-hour' }), 503)
      database.shut(false)
      database.fails(null)
      if (how === 'shut') identity.shut(true)
      else identity.fails(how)
      const { email, password } = anna.details
      expectStatus(await anna.elsewhere().post('/api/session', { email, password }), 503)
      const newcomer = { ...story.meets().details, password: canaries.fly('Lostpassword-2026!') }
      canaries.fly('email', newcomer.email)
      expectStatus(await story.visitor().post('/api/session/sign-up', newcomer), 503)
      identity.shut(false)
      identity.fails(null)
    }
    await expectUntold()
  })

  test('the database refuses what it should take, with a whole row in its message', async () => {
    const anna = await join()
    const text = canaries.fly('checked')
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
  const word = canaries.fly('heard')
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

import { afterEach, expect, test } from 'vitest'
import { expectErrors, expectStatus } from '../harness/expect.ts'
import { openSite } from '../harness/site.ts'
import type { Person } from '../story.ts'

const site = await openSite()
const { story, db } = site
afterEach(() => {
  site.database.shut(false)
  site.identity.shut(false)
})

const TEXT = 'a-text-that-nobody-else-should-read'

/** What must be in no log: whatever a person typed, and whatever opens a session. */
function secretsOf(person: Person, code: string): string[] {
  const { email, password, handle } = person.details
  const [name = ''] = email.split('@')
  return [TEXT, email, name, handle, password, code, ...person.cookies.values(), new URL(site.db.url).password]
}

const logs = () => site.server.getLogs().map((log) => JSON.stringify(log))

test('a good day leaves a line a request in the logs, and nothing of anybody’s', async () => {
  const anna = await story.join()
  const secrets = secretsOf(anna, anna.code)
  await anna.cruds(TEXT)
  await anna.visits('/')
  expectStatus(await anna.post('/api/activities', { message: TEXT.repeat(20), ttl: 'x' }), 422)
  expectStatus(await anna.elsewhere().post('/api/session', { email: anna.email, password: 'Wrong-2026!' }), 401)
  const all = logs()
  expect(all.filter((line) => line.includes('\\"request\\"')).length).toBeGreaterThan(5)
  expect(all.filter((line) => line.includes('\\"error\\"'))).toEqual([])
  for (const secret of secrets) expect(all.filter((line) => line.includes(secret))).toEqual([])
})

test('a bad day leaves what is needed to mend it, and nothing of anybody’s', async () => {
  const anna = await story.join()
  const secrets = secretsOf(anna, anna.code)
  site.database.shut(true)
  const outage = await anna.post('/api/activities', { message: TEXT, ttl: '1-hour' })
  expectErrors(outage, 503, ['database_unavailable'])
  expectStatus(await anna.visits('/'), 503)
  expectStatus(await anna.submits('/', { message: TEXT, ttl: '1-hour' }), 503)
  site.database.shut(false)

  site.identity.shut(true)
  expectStatus(await anna.elsewhere().post('/api/session', { email: anna.email, password: anna.details.password }), 503)
  expectStatus(await story.visitor().post('/api/session/sign-up', story.meets().details), 503)
  site.identity.shut(false)

  // The failures whose details hold whole rows: a check, and a table that is not there.
  await db.sql(`alter table activities add constraint activities__test check (message <> '${TEXT}') not valid`)
  const check = await anna.post('/api/activities', { message: TEXT, ttl: '1-hour' })
  expectErrors(check, 500, ['internal'])
  await db.sql('alter table users rename column display_name to gone')
  const missing = await anna.get('/api/session')
  expectErrors(missing, 500, ['internal'])
  expectStatus(await anna.visits('/'), 500)
  await db.sql('alter table users rename column gone to display_name')

  const all = logs()
  for (const answer of [outage, check, missing]) {
    expect(all.join('\n')).toContain(answer.headers.get('x-request-id') ?? 'no id')
  }
  for (const secret of secrets) expect(all.filter((line) => line.includes(secret))).toEqual([])
})

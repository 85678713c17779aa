import { beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Client } from '../../harness/client.ts'
import { openSite, type Site } from '../../harness/site.ts'
import { PASSWORD } from '../../support/actors/actors.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

// Signing up tells whether an address has an account, as everywhere. Nothing else does.

const site = await openSite()
/** A pool whose limits of one account are reached at once: addresses without one have none. */
const narrow = await openSite({ pool: { overrides: { codeAttempts: 1, codesPerHour: 1 } } })

const WRONG = '000000'
const NEW = 'Another-2027?'

/** One email of each kind, all of the same length. */
async function emailsOf({ actors, cognito, poolClock }: Site): Promise<Record<string, string>> {
  const unconfirmed = actors.unregistered('kate')
  await unconfirmed.signsUp()
  const stale = actors.unregistered('kate')
  poolClock.skew = -2 * 86_400_000
  await stale.signsUp()
  poolClock.skew = 0
  const confirmed = await actors.join('kate')
  const imported = actors.unregistered('kate')
  await cognito.addUser(imported.details)
  const administered = actors.unregistered('kate')
  await cognito.addTemporaryUser({ email: administered.email, temporaryPassword: PASSWORD })
  const waiting = actors.unregistered('kate')
  await waiting.signsUp()
  const unproved = { email: waiting.email, code: waiting.code }
  expectStatus(await actors.visitor().post('/api/session/confirm', unproved), 403)
  return {
    unknown: actors.unregistered('kate').email,
    unconfirmed: unconfirmed.email,
    'with a code that is too old': stale.email,
    confirmed: confirmed.email,
    imported: imported.email,
    'made by an administrator': administered.email,
    'waiting for a reset': waiting.email,
  }
}

type Ask = (visitor: Client, email: string) => Promise<Answer>
const posts =
  (path: string, more: object = {}): Ask =>
  (visitor, email) =>
    visitor.post(`/api/session${path}`, { email, ...more })
const submits =
  (path: string, fields: Record<string, string> = {}): Ask =>
  (visitor, email) =>
    visitor.submits(path, { email, ...fields })

const ASKS: Record<string, Ask> = {
  'a wrong code': posts('/confirm', { code: WRONG }),
  'a wrong code and a password': posts('/confirm', { code: WRONG, password: PASSWORD }),
  'a new code': posts('/resend'),
  'a recovery code': posts('/recover'),
  'a wrong recovery code': posts('/recover/confirm', { code: WRONG, password: NEW }),
  'whether a password is needed': (visitor, email) => visitor.get(`/api/session/confirm?email=${email}`),
  'the form with a wrong code': submits('/confirm', { code: WRONG }),
  'the form for a new code': submits('/confirm', { intent: 'resend' }),
  'the form for a recovery code': submits('/forgot'),
  'the form with a wrong recovery code': submits('/forgot', { step: 'confirm', code: WRONG, password: NEW }),
}

/** Differ from one request to the next, whoever it is about. */
const OF_THE_REQUEST = new Set(['date', 'x-request-id', 'server-timing'])

/** All that somebody can see of an answer, and what it has cost. */
async function seen({ actors, database, identity }: Site, ask: Ask, email: string) {
  const before = { trips: database.count(), calls: identity.count() }
  const { status, headers, text } = await ask(actors.visitor(), email)
  const plain = (value: string) =>
    value
      .replaceAll(email, 'EMAIL')
      .replaceAll(encodeURIComponent(email), 'EMAIL')
      .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'UUID')
      .replace(
        /(__Host-device=UUID~a\.)[\da-f]{32}\.\d{10}\.(?:[\w-]|%[\dA-F]{2}){44};/,
        '$1ACCOUNT.SECONDS.SIGNATURE;',
      )
  return {
    status,
    text: plain(text),
    headers: [...headers].filter(([name]) => !OF_THE_REQUEST.has(name)).map(([name, value]) => [name, plain(value)]),
    trips: database.count() - before.trips,
    calls: identity.count() - before.calls,
  }
}

describe.each([
  ['a pool', site],
  ['a pool whose own limits are reached', narrow],
])('%s', (_, at) => {
  let emails: Record<string, string> = {}
  beforeAll(async () => {
    emails = await emailsOf(at)
  })

  test.each(Object.keys(ASKS))('%s: the same answer, calls and trips for every kind of address', async (name) => {
    const ask = ASKS[name] as Ask
    const { unknown = '', ...others } = emails
    for (let turn = 0; turn < 2; turn += 1) {
      // The tries of a code are counted alike, and not looked at here.
      await at.db.sql('delete from auth_attempts')
      const expected = await seen(at, ask, unknown)
      expect(expected.status).toBeLessThan(423)
      for (const [kind, email] of Object.entries(others)) expect(await seen(at, ask, email), kind).toEqual(expected)
    }
  })
})

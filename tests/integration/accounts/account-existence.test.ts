import { beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Client } from '../../harness/client.ts'
import { openSite, type Site } from '../../harness/site.ts'
import { PASSWORD } from '../../support/actors/actors.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

// Sign-up reveals whether an email has an account. Nothing else may.

const site = await openSite()
/** A pool whose limits per account are reached at once; emails without an account have no limits. */
const strictSite = await openSite({ pool: { overrides: { codeAttempts: 1, codesPerHour: 1 } } })

const WRONG_CODE = '000000'
const NEW_PASSWORD = 'Another-2027?'

/** One email of each kind, all of the same length. */
async function emailsOf({ actors, cognito, poolClock }: Site): Promise<Record<string, string>> {
  const unconfirmed = actors.unregistered('kate')
  await unconfirmed.signsUp()
  const expiredCode = actors.unregistered('kate')
  poolClock.skew = -2 * 86_400_000
  await expiredCode.signsUp()
  poolClock.skew = 0
  const confirmed = await actors.join('kate')
  const imported = actors.unregistered('kate')
  await cognito.addUser(imported.details)
  const administered = actors.unregistered('kate')
  await cognito.addTemporaryUser({ email: administered.email, temporaryPassword: PASSWORD })
  const waiting = actors.unregistered('kate')
  await waiting.signsUp()
  const unprovedConfirm = { email: waiting.email, code: waiting.code }
  expectStatus(await actors.visitor().post('/api/session/confirm', unprovedConfirm), 403)
  return {
    unknown: actors.unregistered('kate').email,
    unconfirmed: unconfirmed.email,
    'with an expired code': expiredCode.email,
    confirmed: confirmed.email,
    imported: imported.email,
    'created by an administrator': administered.email,
    'waiting for a password reset': waiting.email,
  }
}

type SendRequest = (visitor: Client, email: string) => Promise<Answer>
const posts =
  (path: string, more: object = {}): SendRequest =>
  (visitor, email) =>
    visitor.post(`/api/session${path}`, { email, ...more })
const submits =
  (path: string, fields: Record<string, string> = {}): SendRequest =>
  (visitor, email) =>
    visitor.submits(path, { email, ...fields })

const REQUESTS: Record<string, SendRequest> = {
  'a wrong code': posts('/confirm', { code: WRONG_CODE }),
  'a wrong code and a password': posts('/confirm', { code: WRONG_CODE, password: PASSWORD }),
  'a new code': posts('/resend'),
  'a recovery code': posts('/recover'),
  'a wrong recovery code': posts('/recover/confirm', { code: WRONG_CODE, password: NEW_PASSWORD }),
  'whether a password is needed': (visitor, email) => visitor.get(`/api/session/confirm?email=${email}`),
  'the form with a wrong code': submits('/confirm', { code: WRONG_CODE }),
  'the form for a new code': submits('/confirm', { intent: 'resend' }),
  'the form for a recovery code': submits('/forgot'),
  'the form with a wrong recovery code': submits('/forgot', {
    step: 'confirm',
    code: WRONG_CODE,
    password: NEW_PASSWORD,
  }),
}

/** Headers that differ with every request. */
const PER_REQUEST_HEADERS = new Set(['date', 'x-request-id', 'server-timing'])

/** All of an answer that a client can see, and the round trips that it took, which show in its timing. */
async function observe({ actors, database, identity }: Site, sendRequest: SendRequest, email: string) {
  const before = { trips: database.count(), calls: identity.count() }
  const { status, headers, text } = await sendRequest(actors.visitor(), email)
  const normalise = (value: string) =>
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
    text: normalise(text),
    headers: [...headers]
      .filter(([name]) => !PER_REQUEST_HEADERS.has(name))
      .map(([name, value]) => [name, normalise(value)]),
    trips: database.count() - before.trips,
    calls: identity.count() - before.calls,
  }
}

describe.each([
  ['a pool', site],
  ['a pool whose limits are reached', strictSite],
])('%s', (_, testSite) => {
  let emails: Record<string, string> = {}
  beforeAll(async () => {
    emails = await emailsOf(testSite)
  })

  test.each(Object.keys(REQUESTS))(
    '%s: the same answer, calls and trips for every kind of account and none',
    async (name) => {
      const sendRequest = REQUESTS[name] as SendRequest
      const { unknown = '', ...others } = emails
      for (let round = 0; round < 2; round += 1) {
        // Resets the throttle, which counts all emails alike.
        await testSite.db.sql('delete from auth_attempts')
        const expected = await observe(testSite, sendRequest, unknown)
        expect(expected.status).toBeLessThan(423)
        for (const [kind, email] of Object.entries(others))
          expect(await observe(testSite, sendRequest, email), kind).toEqual(expected)
      }
    },
  )
})

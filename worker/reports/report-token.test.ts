import { describe, expect, test } from 'vitest'
import { BINDINGS, CONTACT_EMAIL, EVIDENCE_KEY, SECRET_KEY } from '../../tests/harness/bindings.ts'
import { type Env, parseEnv } from '../env.ts'
import { type Reportable, reportToken, verifyReportToken } from './report-token.ts'

const makeEnv = (secretKey = SECRET_KEY): Env =>
  parseEnv({
    DATABASE_URL: 'postgres://db.invalid/cruddur',
    COGNITO_REGION: 'us-east-1',
    COGNITO_USER_POOL_ID: 'us-east-1_x',
    COGNITO_CLIENT_ID: 'x',
    SECRET_KEY: secretKey,
    EVIDENCE_KEY,
    CONTACT_EMAIL,
    ...BINDINGS,
  })

const env = makeEnv()
const shown: Reportable = {
  kind: 'activity',
  uuid: '019ab2c4-0000-7000-8000-000000000001',
  author_uuid: '019ab2c4-0000-7000-8000-0000000000aa',
  message: 'Kettle’s on.',
  warning: null,
  images: [],
  expires_at: '2026-11-24T13:00:00.123Z',
}
const claims = { author_uuid: shown.author_uuid, expires_at: shown.expires_at }

test('a token verifies for what it was made for, and says who wrote it and when it expires', async () => {
  const token = await reportToken(env, shown)
  expect(token).toMatch(/^[\w-]{51}$/)
  expect(await verifyReportToken(env, token, shown)).toEqual(claims)
})

test('a token is the same in every isolate, so that ETags are', async () => {
  const token = await reportToken(env, shown)
  expect(await reportToken(env, shown)).toBe(token)
  expect(await reportToken(makeEnv(), shown)).toBe(token)
})

test('a new warning gives a new token', async () => {
  const warned = { ...shown, warning: 'tea' }
  const token = await reportToken(env, warned)
  expect(token).not.toBe(await reportToken(env, shown))
  expect(await verifyReportToken(env, token, warned)).toEqual(claims)
})

test('a new expiry gives a new token', async () => {
  const later = { ...shown, expires_at: '2026-11-24T13:00:00.124Z' }
  expect(await reportToken(env, later)).not.toBe(await reportToken(env, shown))
  expect(await verifyReportToken(env, await reportToken(env, later), shown)).toMatchObject({
    expires_at: later.expires_at,
  })
})

test('a token covers images and their descriptions, in order', async () => {
  const [one, other] = ['1', '2'].map((n) => ({ uuid: `019ab2c4-0000-7000-8000-00000000000${n}`, alt: `no ${n}` }))
  if (!one || !other) throw new Error('missing image')
  const pictured = { ...shown, uuid: '019ab2c4-0000-7000-8000-0000000000ff', images: [one, other] }
  const token = await reportToken(env, pictured)
  expect(await verifyReportToken(env, token, pictured)).toEqual(claims)
  for (const images of [
    [],
    [one],
    [other, one],
    [one, { ...other, alt: 'no 1' }],
    [one, { ...other, uuid: one.uuid }],
  ]) {
    expect(await verifyReportToken(env, token, { ...pictured, images })).toBeUndefined()
  }
})

describe('a token does not verify', () => {
  test.each([
    ['for another text', { message: 'Kettle’s on' }],
    ['for another warning', { warning: 'tea' }],
    ['for another uuid', { uuid: '019ab2c4-0000-7000-8000-000000000002' }],
    ['as a message', { kind: 'message' as const }],
  ])('%s', async (_, changed) => {
    expect(await verifyReportToken(env, await reportToken(env, shown), { ...shown, ...changed })).toBeUndefined()
  })

  test('under another key', async () => {
    const other = makeEnv(btoa('another key for nothing but tests'))
    expect(await verifyReportToken(other, await reportToken(env, shown), shown)).toBeUndefined()
  })

  test('with any character changed', async () => {
    const token = await reportToken(env, shown)
    const changed = Array.from(
      token,
      (char, at) => token.slice(0, at) + (char === 'A' ? 'B' : 'A') + token.slice(at + 1),
    )
    const verified = await Promise.all(changed.map((one) => verifyReportToken(env, one, shown)))
    expect(verified.filter(Boolean)).toEqual([])
  })

  test.each(['', 'A', 'A'.repeat(51), 'A'.repeat(200), '=', 'ünïcode'])('as %j', async (malformed) => {
    expect(await verifyReportToken(env, malformed, shown)).toBeUndefined()
  })
})

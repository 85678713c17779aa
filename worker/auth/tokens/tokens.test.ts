import { afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { BINDINGS, CONTACT_EMAIL, EVIDENCE_KEY, SECRET_KEY } from '../../../tests/harness/bindings.ts'
import '../../../tests/harness/provided.ts'
import { forgeTokens, signAccessToken } from '../../../tests/harness/tokens.ts'
import { AppError } from '../../contract/app-error.ts'
import { sha256, toHex } from '../../digest.ts'
import { parseEnv } from '../../env.ts'
import { readClaims, TokenError, verifyAccessToken } from './tokens.ts'
import { CAPACITY, storeVerified } from './verified-tokens.ts'

const pool = inject('pool')
const sub = crypto.randomUUID()

const SETTINGS = {
  DATABASE_URL: 'postgres://u:p@localhost/x',
  COGNITO_REGION: 'us-east-1',
  COGNITO_USER_POOL_ID: 'us-east-1_x',
  COGNITO_CLIENT_ID: pool.clientId,
  COGNITO_ENDPOINT: pool.endpoint,
  COGNITO_ISSUER: pool.issuer,
  COGNITO_JWKS_URL: pool.jwksUrl,
  SECRET_KEY,
  EVIDENCE_KEY,
  CONTACT_EMAIL,
  ...BINDINGS,
}
const envOf = (settings: Record<string, string>) => parseEnv({ ...SETTINGS, ...settings })
const env = envOf({})

describe('happy', () => {
  test('returns sub, auth_time and session hash of a valid access token', async () => {
    const token = await signAccessToken(pool, sub, { auth_time: 1_780_000_000, origin_jti: 'a family' })
    const viewer = { sub, auth_time: 1_780_000_000, session_hash: toHex(await sha256('a family')), is_moderator: false }
    expect(await verifyAccessToken(env, token)).toEqual(viewer)
  })

  test('gives all tokens of a sign-in the same session hash, and others another', async () => {
    const sessionOf = async (claims: object) =>
      (await verifyAccessToken(env, await signAccessToken(pool, sub, { auth_time: 1_780_000_000, ...claims })))
        .session_hash
    const family = { origin_jti: crypto.randomUUID() }
    expect(await sessionOf({ ...family, jti: 'one' })).toBe(await sessionOf({ ...family, jti: 'two' }))
    expect(await sessionOf(family)).not.toBe(await sessionOf({ origin_jti: crypto.randomUUID() }))
    // Without origin_jti: sub and auth_time, which a refresh does not change.
    expect(await sessionOf({ jti: 'one' })).toBe(await sessionOf({ jti: 'two' }))
    expect(await sessionOf({})).not.toBe(await sessionOf({ auth_time: 1_780_000_001 }))
  })

  test('tolerates clocks that differ by a few seconds', async () => {
    const token = await signAccessToken(pool, sub, { exp: Math.floor(Date.now() / 1000) - 2 })
    expect((await verifyAccessToken(env, token)).sub).toBe(sub)
  })
})

describe('the two issuers of a pool', () => {
  const { COGNITO_ISSUER: _, ...settings } = SETTINGS
  const aws = parseEnv(settings)
  const signAs = (iss: string) => signAccessToken(pool, sub, { iss })

  test.each([
    'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_x',
    'https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_x',
  ])('accepts %s', async (issuer) => {
    expect((await verifyAccessToken(aws, await signAs(issuer))).sub).toBe(sub)
  })

  test.each([
    'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_y',
    'https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_y',
    'https://issuer-cognito-idp.eu-central-1.amazonaws.com/us-east-1_x',
    'https://issuer-cognito-idp.us-east-1.amazonaws.com.evil.example/us-east-1_x',
    'https://other-cognito-idp.us-east-1.amazonaws.com/us-east-1_x',
    'https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_x/',
    'http://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_x',
    'issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_x',
    pool.issuer,
  ])('refuses %s', async (issuer) => {
    await expect(verifyAccessToken(aws, await signAs(issuer))).rejects.toThrow(TokenError)
  })

  test('fetches keys only from the issuer’s own JWKS URL', async () => {
    const fetching = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('down'))
    const { COGNITO_JWKS_URL: _, ...elsewhere } = settings
    const issuer = `https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_x`
    await expect(verifyAccessToken(parseEnv(elsewhere), await signAs(issuer))).rejects.toThrow('identity_unavailable')
    expect(fetching.mock.calls.map(([url]) => url)).toEqual([`${issuer}/.well-known/jwks.json`])
  })
})

describe('a cached token', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Returns the number of signatures that `work` verified. */
  async function checks(work: () => Promise<unknown>): Promise<number> {
    const checking = vi.spyOn(crypto.subtle, 'verify')
    await work()
    return checking.mock.calls.length
  }

  test('is checked for expiry only', async () => {
    const token = await signAccessToken(pool, sub)
    const verify = () => verifyAccessToken(env, token)
    const first = await verify()
    expect(await checks(async () => expect(await verify()).toEqual(first))).toBe(0)
    expect(await checks(async () => verifyAccessToken(env, await signAccessToken(pool, crypto.randomUUID())))).toBe(1)
  })

  test('is refused after its expiry, with the same clock tolerance', async () => {
    const exp = Math.floor(Date.now() / 1000) + 60
    const token = await signAccessToken(pool, sub, { exp })
    await verifyAccessToken(env, token)
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime((exp + 5) * 1_000 - 1)
    expect((await verifyAccessToken(env, token)).sub).toBe(sub)
    for (const now of [(exp + 5) * 1_000, (exp + 900) * 1_000]) {
      vi.setSystemTime(now)
      await expect(verifyAccessToken(env, token)).rejects.toThrow(TokenError)
    }
  })

  test('does not match an altered token or another pool', async () => {
    const token = await signAccessToken(pool, sub)
    await verifyAccessToken(env, token)
    const others = [
      envOf({ COGNITO_CLIENT_ID: 'another' }),
      envOf({ COGNITO_ISSUER: `${pool.issuer}x` }),
      envOf({ COGNITO_JWKS_URL: `${pool.endpoint}no-keys-here` }),
    ]
    for (const other of others) await expect(verifyAccessToken(other, token)).rejects.toThrow()
    for (const changed of [token.slice(0, -2), `${token}A`, ` ${token}`, token.toLowerCase()])
      await expect(verifyAccessToken(env, changed)).rejects.toThrow(TokenError)
  })

  test('is evicted as least recently used over the capacity', async () => {
    const [first, second] = [await signAccessToken(pool, sub), await signAccessToken(pool, crypto.randomUUID())]
    await verifyAccessToken(env, second)
    await verifyAccessToken(env, first)
    const other = { sub, auth_time: 1, session_hash: '', is_moderator: false }
    for (let i = 1; i < CAPACITY; i += 1) storeVerified(`other ${i}`, other, 9e9)
    expect(await checks(() => verifyAccessToken(env, first))).toBe(0)
    expect(await checks(() => verifyAccessToken(env, second))).toBe(1)
  })
})

describe('security', () => {
  let forged: Record<string, string>
  beforeAll(async () => {
    forged = await forgeTokens(pool, await signAccessToken(pool, sub))
  })

  test('readClaims does not verify, and throws for a text that is no JWT', async () => {
    expect(readClaims(await signAccessToken(pool, sub)).sub).toBe(sub)
    expect(() => readClaims('letmein')).toThrow(TokenError)
  })

  test('refuses every forged token', async () => {
    const names = Object.keys(forged)
    expect(names.length).toBeGreaterThan(10)
    const outcomes = await Promise.all(
      names.map((name) =>
        verifyAccessToken(env, forged[name] ?? '').then(
          () => `${name}: accepted`,
          (error) => `${name}: ${error.name}`,
        ),
      ),
    )
    expect(outcomes).toEqual(names.map((name) => `${name}: TokenError`))
  })
})

describe('error', () => {
  test('throws identity_unavailable if the keys cannot be fetched', async () => {
    const away = envOf({ COGNITO_JWKS_URL: `${pool.endpoint}no-keys-here` })
    const verdict = verifyAccessToken(away, await signAccessToken(pool, sub))
    await expect(verdict).rejects.toThrow(AppError)
    await expect(verdict).rejects.toMatchObject({ items: [{ code: 'identity_unavailable' }], retryAfter: 5 })
  })
})

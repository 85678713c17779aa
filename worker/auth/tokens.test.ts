import { beforeAll, describe, expect, inject, test } from 'vitest'
import { BINDINGS } from '../../tests/harness/bindings.ts'
import '../../tests/harness/provided.ts'
import { forgeTokens, signAccess } from '../../tests/harness/tokens.ts'
import { AppError } from '../contract/app-error.ts'
import { parseEnv } from '../env.ts'
import { readClaims, TokenError, verifyAccessToken } from './tokens.ts'

const pool = inject('pool')
const sub = crypto.randomUUID()

const envOf = (settings: Record<string, string>) =>
  parseEnv({
    DATABASE_URL: 'postgres://u:p@localhost/x',
    COGNITO_REGION: 'us-east-1',
    COGNITO_USER_POOL_ID: 'us-east-1_x',
    COGNITO_CLIENT_ID: pool.clientId,
    COGNITO_ENDPOINT: pool.endpoint,
    COGNITO_ISSUER: pool.issuer,
    COGNITO_JWKS_URL: pool.jwksUrl,
    ...BINDINGS,
    ...settings,
  })
const env = envOf({})

describe('happy', () => {
  test('an access token of the pool tells who it is and when they signed in', async () => {
    const token = await signAccess(pool, sub, { auth_time: 1_780_000_000 })
    expect(await verifyAccessToken(env, token)).toEqual({ viewer: { sub, auth_time: 1_780_000_000 }, username: sub })
  })

  test('clocks may be a few seconds apart', async () => {
    const token = await signAccess(pool, sub, { exp: Math.floor(Date.now() / 1000) - 2 })
    expect((await verifyAccessToken(env, token)).viewer.sub).toBe(sub)
  })
})

describe('security', () => {
  let forged: Record<string, string>
  beforeAll(async () => {
    forged = await forgeTokens(pool, await signAccess(pool, sub))
  })

  test('the claims of a token that was not verified are read as they are, those of no token not at all', async () => {
    expect(readClaims(await signAccess(pool, sub)).sub).toBe(sub)
    expect(() => readClaims('letmein')).toThrow(TokenError)
  })

  test('every forged token is refused', async () => {
    const names = Object.keys(forged)
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
  test('no keys to be had: 503, since nothing is known of the token', async () => {
    const away = envOf({ COGNITO_JWKS_URL: `${pool.endpoint}no-keys-here` })
    const verdict = verifyAccessToken(away, await signAccess(pool, sub))
    await expect(verdict).rejects.toThrow(AppError)
    await expect(verdict).rejects.toMatchObject({ items: [{ code: 'identity_unavailable' }], retryAfter: 5 })
  })
})

import { decodeJwt, exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { Tokens } from '../../worker/auth/cognito/cognito.ts'
import { sessionCookies } from '../../worker/auth/cookies/session-cookies.ts'
import type { Env } from '../../worker/env.ts'
import { SECRET_KEY } from './bindings.ts'
import type { PoolKeys } from './provided.ts'

type Pool = { issuer: string; clientId: string; keys: PoolKeys }

const nowSeconds = () => Math.floor(Date.now() / 1000)

/** Signs an access token with the pool's key, with changed claims or header; an undefined claim is left out. */
export async function signAccessToken(
  { issuer, clientId, keys }: Pool,
  sub: string,
  changes: Record<string, unknown> = {},
  headerChanges: Record<string, unknown> = {},
) {
  const claims: Record<string, unknown> = {
    sub,
    iss: issuer,
    client_id: clientId,
    token_use: 'access',
    username: sub,
    auth_time: nowSeconds(),
    iat: nowSeconds(),
    exp: nowSeconds() + 900,
    ...changes,
  }
  const header = { alg: 'RS256', kid: keys.access.kid ?? '', ...headerChanges }
  return new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(keys.access, 'RS256'))
}

/** The session cookies that the Worker would set for these tokens. */
export async function sessionCookiesFor(tokens: Tokens): Promise<[name: string, value: string][]> {
  const lines = await sessionCookies({ secretKey: SECRET_KEY } as Env, tokens)
  return lines.map((line) => line.split(';')[0]?.split(/=(.*)/s, 2) as [string, string])
}

const encode = (json: object) => btoa(JSON.stringify(json)).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')

/**
 * Access tokens that must be rejected, each made from a valid one by one change. Some are signed with the pool's own
 * key, as Cognito would for another purpose.
 */
export async function forgeTokens(pool: Pool, validToken: string): Promise<Record<string, string>> {
  const claims = decodeJwt(validToken)
  const sub = String(claims.sub)
  const kid = pool.keys.access.kid ?? ''
  const [header = '', payload = '', signature = ''] = validToken.split('.')
  const otherKey = await generateKeyPair('RS256')
  const { d: _, p, q, dp, dq, qi, ...publicJwk } = pool.keys.access
  const publicKey = await exportSPKI(
    (await importJWK({ ...publicJwk, ext: true }, 'RS256', { extractable: true })) as CryptoKey,
  )
  const hs256 = (secret: string) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(new TextEncoder().encode(secret))
  // Both take a header that Cognito would not make.
  const signedByPool = (headerChanges: Record<string, unknown>) => signAccessToken(pool, sub, {}, headerChanges)
  const signedByOther = (headerChanges: Record<string, unknown>) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...headerChanges }).sign(otherKey.privateKey)
  const otherJwk = await exportJWK(otherKey.publicKey)
  const id = {
    ...claims,
    token_use: 'id',
    aud: pool.clientId,
    client_id: undefined,
    email: 'nobody@example.com',
  }
  const idKey = await importJWK(pool.keys.id, 'RS256')
  const idHeader = { alg: 'RS256', kid: pool.keys.id.kid ?? '' }
  return {
    'another key under the kid of the pool': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(otherKey.privateKey),
    'another key under an unknown kid': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: crypto.randomUUID() })
      .sign(otherKey.privateKey),
    'a kid that is a path': await signedByPool({ kid: '../../../../dev/null' }),
    'a kid that is a URL': await signedByPool({ kid: 'https://evil.example/jwks.json' }),
    'a kid of 4 KB': await signedByPool({ kid: 'k'.repeat(4_096) }),
    'a kid that is a number': await signedByPool({ kid: 1 }),
    'a kid that is a list': await signedByPool({ kid: [kid] }),
    'a kid that is an object': await signedByPool({ kid: { toString: kid } }),
    'a kid named like a prototype property': await signedByPool({ kid: '__proto__' }),
    'no kid': await signedByPool({ kid: undefined }),
    'the kid of the key for id tokens': await signedByPool({ kid: pool.keys.id.kid }),
    'an embedded key (jwk)': await signedByOther({ kid, jwk: otherJwk }),
    'a URL of its own key set (jku, x5u)': await signedByOther({
      kid,
      jku: 'https://evil.example/jwks.json',
      x5u: 'https://evil.example/',
    }),
    'a critical header extension': `${encode({ alg: 'RS256', kid, crit: ['x'], x: 1 })}.${payload}.${signature}`,
    'alg none': `${encode({ alg: 'none', kid })}.${payload}.`,
    'alg none with the old signature': `${encode({ alg: 'none', kid })}.${payload}.${signature}`,
    'HS256 with the public key as PEM': await hs256(publicKey),
    'HS256 with the public key as JSON': await hs256(JSON.stringify(publicJwk)),
    'HS256 with the modulus': await hs256(String(publicJwk.n)),
    'claims changed after signing': `${header}.${encode({ ...claims, sub: crypto.randomUUID() })}.${signature}`,
    'the id of another client': await signAccessToken(pool, sub, { client_id: 'another' }),
    'no client_id': await signAccessToken(pool, sub, { client_id: undefined }),
    'the issuer of another pool': await signAccessToken(pool, sub, { iss: `${pool.issuer}x` }),
    'no issuer': await signAccessToken(pool, sub, { iss: undefined }),
    expired: await signAccessToken(pool, sub, { exp: nowSeconds() - 60 }),
    'an expiry that is a string': await signAccessToken(pool, sub, { exp: String(nowSeconds() + 900) }),
    'an expiry beyond all dates': await signAccessToken(pool, sub, { exp: 1e300 }),
    'an expiry with a fraction': await signAccessToken(pool, sub, { exp: nowSeconds() + 900.5 }),
    'a negative expiry': await signAccessToken(pool, sub, { exp: -1 }),
    'an expiry of null': await signAccessToken(pool, sub, { exp: null }),
    'not yet valid': await signAccessToken(pool, sub, { nbf: nowSeconds() + 900 }),
    'no expiry': await signAccessToken(pool, sub, { exp: undefined }),
    'an id token': await new SignJWT(id).setProtectedHeader(idHeader).sign(idKey),
    'an id token that names the client': await new SignJWT({ ...id, client_id: pool.clientId })
      .setProtectedHeader(idHeader)
      .sign(idKey),
    'no token_use': await signAccessToken(pool, sub, { token_use: undefined }),
    'no sub': await signAccessToken(pool, '', { sub: undefined }),
    'a sub that is a number': await signAccessToken(pool, sub, { sub: 7 }),
    'no auth_time': await signAccessToken(pool, sub, { auth_time: undefined }),
    'an auth_time that is a string': await signAccessToken(pool, sub, { auth_time: 'yesterday' }),
    'an auth_time with a fraction': await signAccessToken(pool, sub, { auth_time: nowSeconds() + 0.5 }),
    'half a token': validToken.slice(0, validToken.length / 2),
    'not a JWT': 'letmein',
  }
}

import { decodeJwt, exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { Tokens } from '../../worker/auth/cognito/cognito.ts'
import { sessionCookies } from '../../worker/auth/cookies/session-cookies.ts'
import type { Env } from '../../worker/env.ts'
import { SECRET_KEY } from './bindings.ts'
import type { PoolKeys } from './provided.ts'

type Pool = { issuer: string; clientId: string; keys: PoolKeys }

const seconds = () => Math.floor(Date.now() / 1000)

/**
 * An access token signed with the pool's own key, with claims changed, or its head; a claim set to undefined is left out.
 */
export async function signAccessToken(
  { issuer, clientId, keys }: Pool,
  sub: string,
  changes: Record<string, unknown> = {},
  head: Record<string, unknown> = {},
) {
  const claims: Record<string, unknown> = {
    sub,
    iss: issuer,
    client_id: clientId,
    token_use: 'access',
    username: sub,
    auth_time: seconds(),
    iat: seconds(),
    exp: seconds() + 900,
    ...changes,
  }
  const header = { alg: 'RS256', kid: keys.access.kid ?? '', ...head }
  return new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(keys.access, 'RS256'))
}

/** The cookies that the Worker would make of tokens, by name, as a browser sends them back. */
export async function sessionCookiesFor(tokens: Tokens): Promise<[name: string, value: string][]> {
  const lines = await sessionCookies({ secretKey: SECRET_KEY } as Env, tokens)
  return lines.map((line) => line.split(';')[0]?.split(/=(.*)/s, 2) as [string, string])
}

const encode = (json: object) => btoa(JSON.stringify(json)).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')

/**
 * Tokens that must not count, each made from a good one by one change; some are signed with the pool's own key, as if
 * by Cognito for another purpose.
 */
export async function forgeTokens(pool: Pool, good: string): Promise<Record<string, string>> {
  const claims = decodeJwt(good)
  const sub = String(claims.sub)
  const kid = pool.keys.access.kid ?? ''
  const [header = '', payload = '', signature = ''] = good.split('.')
  const stranger = await generateKeyPair('RS256')
  const { d: _, p, q, dp, dq, qi, ...publicJwk } = pool.keys.access
  const publicKey = await exportSPKI(
    (await importJWK({ ...publicJwk, ext: true }, 'RS256', { extractable: true })) as CryptoKey,
  )
  const hs256 = (secret: string) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(new TextEncoder().encode(secret))
  /** Signed with the pool's own key, or with a stranger's, under a head of another's making. */
  const under = (head: Record<string, unknown>) => signAccessToken(pool, sub, {}, head)
  const strange = (head: Record<string, unknown>) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...head }).sign(stranger.privateKey)
  const strangeJwk = await exportJWK(stranger.publicKey)
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
    'a key of one’s own under the kid of the pool': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(stranger.privateKey),
    'a key of one’s own under a kid of one’s own': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: crypto.randomUUID() })
      .sign(stranger.privateKey),
    'a kid that is a path': await under({ kid: '../../../../dev/null' }),
    'a kid that is an address': await under({ kid: 'https://evil.example/jwks.json' }),
    'a kid of 4 KB': await under({ kid: 'k'.repeat(4_096) }),
    'a kid that is a number': await under({ kid: 1 }),
    'a kid that is a list': await under({ kid: [kid] }),
    'a kid that is an object': await under({ kid: { toString: kid } }),
    'a kid of a prototype': await under({ kid: '__proto__' }),
    'no kid': await under({ kid: undefined }),
    'the kid of the key for id tokens': await under({ kid: pool.keys.id.kid }),
    'a key that it brings itself': await strange({ kid, jwk: strangeJwk }),
    'a key set that it names': await strange({
      kid,
      jku: 'https://evil.example/jwks.json',
      x5u: 'https://evil.example/',
    }),
    'an extension that must be understood': `${encode({ alg: 'RS256', kid, crit: ['x'], x: 1 })}.${payload}.${signature}`,
    'alg none': `${encode({ alg: 'none', kid })}.${payload}.`,
    'alg none with the old signature': `${encode({ alg: 'none', kid })}.${payload}.${signature}`,
    'HS256 with the public key as PEM': await hs256(publicKey),
    'HS256 with the public key as JSON': await hs256(JSON.stringify(publicJwk)),
    'HS256 with the modulus': await hs256(String(publicJwk.n)),
    'claims changed after signing': `${header}.${encode({ ...claims, sub: crypto.randomUUID() })}.${signature}`,
    'another client': await signAccessToken(pool, sub, { client_id: 'another' }),
    'no client': await signAccessToken(pool, sub, { client_id: undefined }),
    'another pool': await signAccessToken(pool, sub, { iss: `${pool.issuer}x` }),
    'no issuer': await signAccessToken(pool, sub, { iss: undefined }),
    expired: await signAccessToken(pool, sub, { exp: seconds() - 60 }),
    'an expiry that is a text': await signAccessToken(pool, sub, { exp: String(seconds() + 900) }),
    'an expiry past all numbers': await signAccessToken(pool, sub, { exp: 1e300 }),
    'an expiry with a fraction': await signAccessToken(pool, sub, { exp: seconds() + 900.5 }),
    'a negative expiry': await signAccessToken(pool, sub, { exp: -1 }),
    'an expiry of null': await signAccessToken(pool, sub, { exp: null }),
    'not yet': await signAccessToken(pool, sub, { nbf: seconds() + 900 }),
    'no expiry': await signAccessToken(pool, sub, { exp: undefined }),
    'an id token': await new SignJWT(id).setProtectedHeader(idHeader).sign(idKey),
    'an id token that names the client': await new SignJWT({ ...id, client_id: pool.clientId })
      .setProtectedHeader(idHeader)
      .sign(idKey),
    'no token_use': await signAccessToken(pool, sub, { token_use: undefined }),
    'no sub': await signAccessToken(pool, '', { sub: undefined }),
    'a sub that is a number': await signAccessToken(pool, sub, { sub: 7 }),
    'no auth_time': await signAccessToken(pool, sub, { auth_time: undefined }),
    'an auth_time that is no number': await signAccessToken(pool, sub, { auth_time: 'yesterday' }),
    'an auth_time with a fraction': await signAccessToken(pool, sub, { auth_time: seconds() + 0.5 }),
    'half of a token': good.slice(0, good.length / 2),
    'no JWT at all': 'letmein',
  }
}

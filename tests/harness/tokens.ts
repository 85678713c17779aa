import { decodeJwt, exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { PoolKeys } from './provided.ts'

type Pool = { issuer: string; clientId: string; keys: PoolKeys }

const seconds = () => Math.floor(Date.now() / 1000)

/** An access token signed with the pool's own key, with the claims changed; a claim set to undefined is left out. */
export async function signAccess({ issuer, clientId, keys }: Pool, sub: string, changes: Record<string, unknown> = {}) {
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
  const header = { alg: 'RS256', kid: keys.access.kid ?? '' }
  return new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(keys.access, 'RS256'))
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
    'alg none': `${encode({ alg: 'none', kid })}.${payload}.`,
    'alg none with the old signature': `${encode({ alg: 'none', kid })}.${payload}.${signature}`,
    'HS256 with the public key as PEM': await hs256(publicKey),
    'HS256 with the public key as JSON': await hs256(JSON.stringify(publicJwk)),
    'HS256 with the modulus': await hs256(String(publicJwk.n)),
    'claims changed after signing': `${header}.${encode({ ...claims, sub: crypto.randomUUID() })}.${signature}`,
    'another client': await signAccess(pool, sub, { client_id: 'another' }),
    'no client': await signAccess(pool, sub, { client_id: undefined }),
    'another pool': await signAccess(pool, sub, { iss: `${pool.issuer}x` }),
    'no issuer': await signAccess(pool, sub, { iss: undefined }),
    expired: await signAccess(pool, sub, { exp: seconds() - 60 }),
    'no expiry': await signAccess(pool, sub, { exp: undefined }),
    'an id token': await new SignJWT(id).setProtectedHeader(idHeader).sign(idKey),
    'an id token that names the client': await new SignJWT({ ...id, client_id: pool.clientId })
      .setProtectedHeader(idHeader)
      .sign(idKey),
    'no token_use': await signAccess(pool, sub, { token_use: undefined }),
    'no sub': await signAccess(pool, '', { sub: undefined }),
    'no auth_time': await signAccess(pool, sub, { auth_time: undefined }),
    'an auth_time that is no number': await signAccess(pool, sub, { auth_time: 'yesterday' }),
    'an auth_time with a fraction': await signAccess(pool, sub, { auth_time: seconds() + 0.5 }),
    'half of a token': good.slice(0, good.length / 2),
    'no JWT at all': 'letmein',
  }
}

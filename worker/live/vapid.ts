import { fromBase64Url, toBase64Url } from '../base64url.ts'
import { LruCache } from '../lru-cache.ts'

/** The key pair by which push services know this site (RFC 8292), in base64url. The public key is an uncompressed point. */
export type VapidKeys = { publicKey: string; privateKey: string }
/** The sender of pushes: its keys, and the email address that a push service may write to. */
export type Sender = VapidKeys & { contactEmail: string }

const encoder = new TextEncoder()

/** How long a token is valid, in seconds: RFC 8292 allows a day. A cached token is used for half of that time. */
const LIFETIME_SECONDS = 43_200

/** Tokens by origin of the push service, per isolate. */
const tokens = new LruCache<{ token: string; expiresAt: number }>(20)

/** Returns the value of the Authorization header for a push service. */
export async function vapidAuthorization(sender: Sender, endpoint: string): Promise<string> {
  const { origin } = new URL(endpoint)
  const now = Math.floor(Date.now() / 1000)
  let known = tokens.get(origin)
  if (!known || known.expiresAt - now < LIFETIME_SECONDS / 2) {
    const expiresAt = now + LIFETIME_SECONDS
    const claims = { aud: origin, exp: expiresAt, sub: `mailto:${sender.contactEmail}` }
    known = { token: await signToken(sender, claims), expiresAt }
    tokens.set(origin, known)
  }
  return `vapid t=${known.token}, k=${sender.publicKey}`
}

/** Returns a JWT. Without jose, whose signing would add 2 KB to the Worker: this is all that VAPID needs of it. */
async function signToken({ publicKey, privateKey }: VapidKeys, claims: object): Promise<string> {
  // The point is a byte that says that it is uncompressed, then both coordinates.
  const point = fromBase64Url(publicKey)
  const [x, y] = [toBase64Url(point.subarray(1, 33)), toBase64Url(point.subarray(33))]
  const jwk = { kty: 'EC', crv: 'P-256', x, y, d: privateKey }
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  const unsigned = [{ typ: 'JWT', alg: 'ES256' }, claims]
    .map((part) => toBase64Url(encoder.encode(JSON.stringify(part))))
    .join('.')
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, encoder.encode(unsigned))
  return `${unsigned}.${toBase64Url(new Uint8Array(signature))}`
}

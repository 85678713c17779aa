import { fromBase64Url, toBase64Url } from '../base64url.ts'
import { hmac, importHmacKey, isEqual, signHmac, toHex } from '../digest.ts'
import type { Env } from '../env.ts'
import { LruCache } from '../lru-cache.ts'

/** An activity or message that can be reported also after it has ended: what its token vouches for. */
export type Reportable = {
  kind: 'activity' | 'message'
  uuid: string
  author_uuid: string
  message: string
  /** Its content warning; null: none. */
  warning: string | null
  /** In order. */
  images: readonly { uuid: string; alt: string }[]
  /** ISO 8601 in UTC with milliseconds. */
  expires_at: string
}

/** What a token itself holds. Trust it only once it is verified. */
export type TokenClaims = Pick<Reportable, 'author_uuid' | 'expires_at'>

/** Lengths of a token's parts, in bytes: the author's uuid, the expiry in ms, and the first half of an HMAC-SHA-256. */
const AUTHOR = 16
const EXPIRY = 6
const MAC = 16

/** LRU capacity per isolate, in tokens. */
const CAPACITY = 5_000

type Signer = { key: Promise<CryptoKey>; tokens: LruCache<string> }

/** Per isolate: a key, and the tokens made with it. */
const signers = new WeakMap<Env, Signer>()

function signerOf(env: Env): Signer {
  const known = signers.get(env)
  if (known) return known
  const key = hmac(env.secretKey, 'report tokens').then(importHmacKey)
  const signer = { key, tokens: new LruCache<string>(CAPACITY) }
  signers.set(env, signer)
  return signer
}

/**
 * Returns the token with which a reader can report what they were shown, also when it has expired: author, expiry and an HMAC over all
 * of `shown`. The same for everybody, so that ETags and cached answers stay equal.
 */
export async function reportToken(env: Env, shown: Reportable): Promise<string> {
  const { key, tokens } = signerOf(env)
  // Text and images never change under their uuid. An expiry does when a large thread is deleted, a warning when a moderator adds one.
  const cacheKey = `${shown.uuid}${shown.expires_at}${shown.warning ?? ''}`
  const known = tokens.get(cacheKey)
  if (known) return known
  const token = toBase64Url([
    ...uuidBytes(shown.author_uuid),
    ...timeBytes(Date.parse(shown.expires_at)),
    ...(await macOf(await key, shown)),
  ])
  tokens.set(cacheKey, token)
  return token
}

/** Returns author and expiry of a token that was made for `shown`; undefined if it is malformed, forged or of something else. */
export async function verifyReportToken(
  env: Env,
  token: string,
  shown: Omit<Reportable, keyof TokenClaims>,
): Promise<TokenClaims | undefined> {
  const bytes = readBytes(token)
  if (bytes?.length !== AUTHOR + EXPIRY + MAC) return undefined
  const claims: TokenClaims = {
    author_uuid: toUuid(bytes.subarray(0, AUTHOR)),
    expires_at: new Date(toTime(bytes.subarray(AUTHOR, AUTHOR + EXPIRY))).toISOString(),
  }
  const mac = await macOf(await signerOf(env).key, { ...shown, ...claims })
  return isEqual(mac, bytes.subarray(AUTHOR + EXPIRY)) ? claims : undefined
}

/** As JSON: no two lists of fields give the same text. */
async function macOf(key: CryptoKey, shown: Reportable): Promise<Uint8Array> {
  const { kind, uuid, author_uuid, expires_at, message, warning, images } = shown
  const fields = [kind, uuid, author_uuid, Date.parse(expires_at), message, warning]
  const ofImages = images.flatMap((image) => [image.uuid, image.alt])
  return (await signHmac(key, JSON.stringify([...fields, ...ofImages]))).subarray(0, MAC)
}

const uuidBytes = (uuid: string): number[] =>
  (uuid.replaceAll('-', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))

const toUuid = (bytes: Uint8Array): string =>
  toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const timeBytes = (ms: number): number[] =>
  Array.from({ length: EXPIRY }, (_, index) => Math.floor(ms / 256 ** (EXPIRY - 1 - index)) % 256)

const toTime = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0)

/** Undefined unless the text is base64url as toBase64Url writes it, so that a token has one spelling. */
function readBytes(text: string): Uint8Array | undefined {
  if (!/^[\w-]{1,100}$/.test(text) || text.length % 4 === 1) return undefined
  const bytes = fromBase64Url(text)
  return toBase64Url(bytes) === text ? bytes : undefined
}

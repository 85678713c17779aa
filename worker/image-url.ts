import { toBase64Url } from './base64url.ts'
import { hmac, importHmacKey, isEqual, signHmac } from './digest.ts'
import type { Env } from './env.ts'
import { LruCache } from './lru-cache.ts'

/** The route of images in logs. The URL itself is never logged: it grants access until its deadline. */
export const IMAGE_ROUTE = '/media/images/:uuid/:deadline/:hmac'
const PATH = /^\/media\/images\/([0-9a-f-]{36})\/(\d{13})\/([\w-]{22})$/

const encoder = new TextEncoder()

const HOUR = 3_600_000

/** Length of the HMAC in a URL, in bytes: the first half of an HMAC-SHA-256. */
const MAC = 16

/** LRU capacity per isolate, in URLs. */
const CAPACITY = 5_000

type Signer = { key: Promise<CryptoKey>; urls: LruCache<string> }

/** Per isolate: a key, and the URLs made with it. */
const signers = new WeakMap<Env, Signer>()

function signerOf(env: Env): Signer {
  const known = signers.get(env)
  if (known) return known
  const signer = {
    key: hmac(env.secretKey, 'image addresses').then(importHmacKey),
    urls: new LruCache<string>(CAPACITY),
  }
  signers.set(env, signer)
  return signer
}

/**
 * Returns until when the URL of an image works, Unix time in ms: its expiry, or the end of the next full hour if that is sooner. So a
 * URL stays the same within an hour, and outlives every edge cache entry that has it.
 */
export const deadlineOf = (expiresAt: number, now: number): number =>
  Math.min(expiresAt, (Math.floor(now / HOUR) + 2) * HOUR)

/** Returns the URL of an image that expires at `expiresAt` (Unix time in ms). Serving it needs no query. */
export async function imageUrl(env: Env, uuid: string, expiresAt: number, now = Date.now()): Promise<string> {
  const { key, urls } = signerOf(env)
  const path = `/media/images/${uuid}/${deadlineOf(expiresAt, now)}`
  const known = urls.get(path)
  if (known) return known
  const url = `${path}/${await macOf(await key, path)}`
  urls.set(path, url)
  return url
}

/** Returns image and deadline of a URL; null if it is malformed or was not made by imageUrl. */
export async function readImageUrl(env: Env, pathname: string): Promise<{ uuid: string; deadline: number } | null> {
  const [, uuid, deadline, mac] = PATH.exec(pathname) ?? []
  if (!uuid || !deadline || !mac) return null
  const made = await macOf(await signerOf(env).key, `/media/images/${uuid}/${deadline}`)
  return isEqual(encoder.encode(made), encoder.encode(mac)) ? { uuid, deadline: Number(deadline) } : null
}

/** Returns the uuid in the URL of an image without checking the HMAC; undefined if it is malformed. */
export const imageUuidIn = (pathname: string): string | undefined => PATH.exec(pathname)?.[1]

const macOf = async (key: CryptoKey, path: string): Promise<string> =>
  toBase64Url((await signHmac(key, path)).subarray(0, MAC))

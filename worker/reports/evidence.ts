import * as z from 'zod/mini'
import { sha256, toHex } from '../digest.ts'
import type { Env } from '../env.ts'

/**
 * What is kept of a report until it is decided: what the reporter saw (null for a user) and wrote, and who they are if signed out.
 * `images`: the alt texts; the images themselves are sealed on their own (sealed-images.ts).
 */
export const evidence = z.object({
  message: z.nullable(z.string()),
  warning: z.nullable(z.string()),
  // Copies of the release before have none.
  images: z._default(z.array(z.object({ alt: z.string() })), []),
  note: z.nullable(z.string()),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
})
export type Evidence = z.infer<typeof evidence>

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Lengths of what precedes a ciphertext, in bytes: the id of its key, in ASCII, and AES-GCM's nonce. */
const KEY_ID = 8
const NONCE = 12

/** The setting with the keys. */
type Keys = Pick<Env, 'evidenceKeys'>

/** A key of EVIDENCE_KEY. `id` says which key sealed something. */
type Key = { id: string; key: CryptoKey }

/** Imported keys per isolate, newest first. */
const keys = new WeakMap<Keys, Promise<Key[]>>()

function keysOf(env: Keys): Promise<Key[]> {
  const known = keys.get(env)
  if (known) return known
  const imported = Promise.all(
    env.evidenceKeys.map(async (base64): Promise<Key> => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
      return { id: toHex(await sha256(bytes.buffer)).slice(0, KEY_ID), key }
    }),
  )
  keys.set(env, imported)
  return imported
}

/** Encrypts bytes with the newest key, bound to what they are about. Returns the id of the key, and nonce and ciphertext. */
async function encrypt(
  env: Keys,
  bytes: BufferSource,
  about: string,
): Promise<{ id: string; sealed: Uint8Array<ArrayBuffer> }> {
  const [newest] = await keysOf(env)
  if (!newest) throw new Error('EVIDENCE_KEY has no key')
  const iv = crypto.getRandomValues(new Uint8Array(NONCE))
  const algorithm = { name: 'AES-GCM', iv, additionalData: encoder.encode(about) }
  const ciphertext = new Uint8Array(await crypto.subtle.encrypt(algorithm, newest.key, bytes))
  const sealed = new Uint8Array(NONCE + ciphertext.length)
  sealed.set(iv)
  sealed.set(ciphertext, NONCE)
  return { id: newest.id, sealed }
}

/** Decrypts the result of encrypt. @throws Error if its key is not in EVIDENCE_KEY any more, or it is about something else. */
async function decrypt(env: Keys, id: string, sealed: Uint8Array<ArrayBuffer>, about: string): Promise<ArrayBuffer> {
  const found = (await keysOf(env)).find((known) => known.id === id)
  if (!found) throw new Error('EVIDENCE_KEY lacks the key of this copy')
  const algorithm = { name: 'AES-GCM', iv: sealed.subarray(0, NONCE), additionalData: encoder.encode(about) }
  return crypto.subtle.decrypt(algorithm, found.key, sealed.subarray(NONCE))
}

/** Encrypts a text, bound to what it is about: `<key id>.<base64>`. */
export async function sealText(env: Keys, text: string, about: string): Promise<string> {
  const { id, sealed } = await encrypt(env, encoder.encode(text), about)
  return `${id}.${btoa(Array.from(sealed, (byte) => String.fromCharCode(byte)).join(''))}`
}

/** Decrypts the result of sealText. @throws Error as decrypt does. */
export async function openText(env: Keys, sealed: string, about: string): Promise<string> {
  const [id = '', base64 = ''] = sealed.split('.')
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  return decoder.decode(await decrypt(env, id, bytes, about))
}

/** Encrypts bytes, bound to what they are about. Returns the key's id, nonce and ciphertext. */
export async function sealBytes(env: Keys, bytes: ArrayBuffer, about: string): Promise<ArrayBuffer> {
  const { id, sealed } = await encrypt(env, bytes, about)
  return new Blob([id, sealed]).arrayBuffer()
}

/** Decrypts the result of sealBytes. @throws Error as decrypt does. */
export async function openBytes(env: Keys, sealed: ArrayBuffer, about: string): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(sealed)
  return decrypt(env, decoder.decode(bytes.subarray(0, KEY_ID)), bytes.subarray(KEY_ID), about)
}

/** Encrypts the copy of a report, bound to its reference. */
export const sealEvidence = (env: Keys, copy: Evidence, reference: string): Promise<string> =>
  sealText(env, JSON.stringify(copy), reference)

/** Decrypts the copy of a report. @throws Error as decrypt does. */
export const openEvidence = async (env: Keys, sealed: string, reference: string): Promise<Evidence> =>
  evidence.parse(JSON.parse(await openText(env, sealed, reference)))

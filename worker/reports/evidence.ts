import * as z from 'zod/mini'
import { sha256, toHex } from '../digest.ts'
import type { Env } from '../env.ts'

/**
 * What is kept of a report until it is decided: what the reporter saw (null for a user) and wrote, and who they are if signed out.
 */
export const evidence = z.object({
  message: z.nullable(z.string()),
  warning: z.nullable(z.string()),
  note: z.nullable(z.string()),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
})
export type Evidence = z.infer<typeof evidence>

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Length of AES-GCM's nonce, in bytes. */
const NONCE = 12

/** A key of EVIDENCE_KEY. `id` begins each text that it sealed. */
type Key = { id: string; key: CryptoKey }

/** Imported keys per isolate, the newest first. */
const keys = new WeakMap<Env, Promise<Key[]>>()

function keysOf(env: Env): Promise<Key[]> {
  const known = keys.get(env)
  if (known) return known
  const imported = Promise.all(
    env.evidenceKeys.map(async (base64): Promise<Key> => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
      return { id: toHex(await sha256(bytes.buffer)).slice(0, 8), key }
    }),
  )
  keys.set(env, imported)
  return imported
}

/** Encrypts a text with the newest key, bound to what it is about: `<key id>.<base64>`. */
export async function sealText(env: Env, text: string, about: string): Promise<string> {
  const [newest] = await keysOf(env)
  if (!newest) throw new Error('EVIDENCE_KEY has no key')
  const iv = crypto.getRandomValues(new Uint8Array(NONCE))
  const algorithm = { name: 'AES-GCM', iv, additionalData: encoder.encode(about) }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, newest.key, encoder.encode(text)))
  const bytes = [...iv, ...sealed]
  return `${newest.id}.${btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))}`
}

/** Decrypts the result of sealText. @throws Error if its key is not in EVIDENCE_KEY any more, or it is about something else. */
export async function openText(env: Env, sealed: string, about: string): Promise<string> {
  const [id, base64 = ''] = sealed.split('.')
  const found = (await keysOf(env)).find((one) => one.id === id)
  if (!found) throw new Error('EVIDENCE_KEY lacks the key of this copy')
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  const algorithm = { name: 'AES-GCM', iv: bytes.subarray(0, NONCE), additionalData: encoder.encode(about) }
  return decoder.decode(await crypto.subtle.decrypt(algorithm, found.key, bytes.subarray(NONCE)))
}

/** Encrypts the copy of a report; `subject` is the uuid of what was reported. */
export const sealEvidence = (env: Env, copy: Evidence, subject: string): Promise<string> =>
  sealText(env, JSON.stringify(copy), subject)

/** Decrypts the copy of a report. @throws Error as openText does. */
export const openEvidence = async (env: Env, sealed: string, subject: string): Promise<Evidence> =>
  evidence.parse(JSON.parse(await openText(env, sealed, subject)))

import type { Env } from '../../env.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Length of AES-GCM's nonce, in bytes. */
const NONCE = 12

/** Returns the key for refresh tokens, derived from SECRET_KEY. */
async function keyOf({ secretKey }: Env): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', encoder.encode(secretKey), 'HKDF', false, ['deriveKey'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode('refresh tokens') }
  return crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Encrypts a refresh token to base64, bound to the hash of its session (as additional data). */
export async function seal(env: Env, token: string, sessionHash: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE))
  const algorithm = { name: 'AES-GCM', iv, additionalData: encoder.encode(sessionHash) }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, await keyOf(env), encoder.encode(token)))
  return btoa(String.fromCharCode(...iv, ...sealed))
}

/** Decrypts the result of `seal`; undefined if it is malformed, or was made with another key or for another session. */
export async function unseal(env: Env, sealed: string, sessionHash: string): Promise<string | undefined> {
  try {
    const bytes = Uint8Array.from(atob(sealed), (char) => char.charCodeAt(0))
    const algorithm = {
      name: 'AES-GCM',
      iv: bytes.subarray(0, NONCE),
      additionalData: encoder.encode(sessionHash),
    }
    return decoder.decode(await crypto.subtle.decrypt(algorithm, await keyOf(env), bytes.subarray(NONCE)))
  } catch {
    return undefined
  }
}

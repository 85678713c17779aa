const encoder = new TextEncoder()

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export async function sha256(data: string | ArrayBuffer): Promise<Uint8Array> {
  const bytes = typeof data === 'string' ? encoder.encode(data) : data
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

const HMAC = { name: 'HMAC', hash: 'SHA-256' }

/** Imports a key for signHmac. */
export const importHmacKey = (key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', key, HMAC, false, ['sign'])

/** Returns the HMAC-SHA-256 of a text, with an imported key. */
export const signHmac = async (key: CryptoKey, text: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))

/** Returns the HMAC-SHA-256 of a text. */
export const hmac = async (key: string, text: string): Promise<Uint8Array<ArrayBuffer>> =>
  signHmac(await importHmacKey(encoder.encode(key)), text)

/** Compares in constant time, so that a forger cannot find a MAC byte by byte. */
export const isEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.reduce((difference, byte, index) => difference | (byte ^ (b[index] ?? 0)), 0) === 0

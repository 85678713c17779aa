/**
 * Returns a 64-bit hash of content: two lanes of xxHash32's rounds over words of four bytes. For comparing versions of one URL;
 * not cryptographic.
 */
export function contentHash(bytes: Uint8Array): ArrayBuffer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let a = 0x9e3779b1 ^ bytes.length
  let b = 0x85ebca77 ^ bytes.length
  let offset = 0
  for (; offset + 4 <= bytes.length; offset += 4) {
    const word = view.getUint32(offset, true)
    a = round(a, word, 0x85ebca77, 13, 0x9e3779b1)
    b = round(b, word, 0xc2b2ae3d, 17, 0x27d4eb2f)
  }
  for (; offset < bytes.length; offset += 1) {
    const byte = view.getUint8(offset)
    a = round(a, byte, 0x165667b1, 11, 0x9e3779b1)
    b = round(b, byte, 0x9e3779b1, 15, 0x27d4eb2f)
  }
  const hash = new DataView(new ArrayBuffer(8))
  // Each half depends on both lanes.
  hash.setUint32(0, mix(a ^ Math.imul(b, 0x9e3779b1)))
  hash.setUint32(4, mix(b ^ Math.imul(a, 0x85ebca77)))
  return hash.buffer
}

/** Returns the weak ETag of content: proxies that compress a response keep a weak ETag. */
export function weakEtag(content: Uint8Array): string {
  const hash = new BigUint64Array(contentHash(content))[0] ?? 0n
  return `W/"${hash.toString(16).padStart(16, '0')}"`
}

function round(lane: number, word: number, factor: number, turn: number, spread: number): number {
  const sum = (lane + Math.imul(word, factor)) | 0
  return Math.imul((sum << turn) | (sum >>> (32 - turn)), spread)
}

/** xxHash32's avalanche: each bit of the input changes about half of the bits of the output. */
function mix(value: number): number {
  let mixed = value
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae3d)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

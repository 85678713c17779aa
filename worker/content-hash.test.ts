import { expect, test } from 'vitest'
import { contentHash, weakEtag } from './content-hash.ts'

const encoder = new TextEncoder()
const etagOf = (text: string) => weakEtag(encoder.encode(text))

const hashOf = (bytes: Uint8Array) => new Uint8Array(contentHash(bytes)).join()

test('returns the same tag for the same text, and a weak one of 64 bits', () => {
  expect(etagOf('{"data":[]}')).toBe(etagOf('{"data":[]}'))
  expect(etagOf('')).toMatch(/^W\/"[\da-f]{16}"$/)
})

test('tells texts apart that differ in one bit, in their length or in their order', () => {
  const text = encoder.encode('{"likes_count":3,"message":"words of some length"}')
  const seen = new Set([
    hashOf(text),
    hashOf(text.slice(1)),
    hashOf(text.toReversed()),
    hashOf(new Uint8Array([...text, 0])),
  ])
  for (let bit = 0; bit < text.length * 8; bit += 1) {
    const changed = text.slice()
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    seen.add(hashOf(changed))
  }
  expect(seen.size).toBe(4 + text.length * 8)
})

test('has no collision in 100,000 texts that count up', () => {
  const tags = new Set(Array.from({ length: 100_000 }, (_, count) => etagOf(`{"count":${count}}`)))
  expect(tags.size).toBe(100_000)
})

test('hashes a view of a larger buffer by its own bytes', () => {
  const bytes = encoder.encode('xxxabcdefgh')
  expect(hashOf(bytes.subarray(3))).toBe(hashOf(bytes.slice(3)))
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkify } from '../../../worker/contract/linkify.ts'

/** Pieces that break parsers; mixed with random strings. */
const PIECES = [
  'https://', 'HTTP://', 'example.com', 'a.b/c?d=e#f', '@', '@anna', '@Anna_1', '#', '#tag', '#Ünï', '#1', '&#39;', '<', '>',
  '"', "'", '`', '</script>', '<img src=x onerror=alert(1)>', 'javascript:alert(1)', 'data:text/html,x', '\\', '/', '//',
  '(', ')', '[', ']', '.', ',', '…', ' ', '\n', '\u202e', '\u200b', '\u2066', '\ufeff', 'é', 'e\u0301', '👩‍👩‍👧', 'ß', '%00', '%', ':', '@evil.example',
  'xn--', '٣', 'ا', '中文', '_', '-', 'x'.repeat(40), '\u0000',
] // biome-ignore format: a table
const text = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 8 })),
  { maxLength: 12 },
)

test('any text keeps its characters, and every link has a safe URL', () => {
  const check = fc.check(
    fc.property(text, (pieces) => {
      const written = pieces.join('')
      let rest = written
      const segments = linkify(written)
      // A link alone has a text of its own.
      if (segments.every(({ kind }) => kind !== 'link') && segments.map((one) => one.text).join('') !== written)
        return false
      for (const segment of segments) {
        if (segment.kind !== 'link') {
          // Plain text, mentions and tags are verbatim pieces of the text, in order.
          if (!rest.includes(segment.text)) return false
          rest = rest.slice(rest.indexOf(segment.text) + segment.text.length)
        }
        if (segment.kind === 'link') {
          const { protocol, username, password, hostname } = new URL(segment.href)
          if (!/^https?:$/.test(protocol) || username || password || !hostname.includes('.')) return false
          // A parsed URL is ASCII, without characters that could end an attribute or a tag.
          if (/[<>"\s]/.test(segment.href) || /[\p{Cf}\p{Cc}<>]/u.test(segment.text)) return false
        }
        if (segment.kind === 'mention' && !/^[a-z0-9_]{1,30}$/.test(segment.handle)) return false
        if (segment.kind === 'tag' && !/^[\p{L}\p{M}\p{N}_]+$/u.test(segment.tag)) return false
      }
      return true
    }),
    { numRuns: 1_000_000 },
  )
  expect(check.failed, JSON.stringify(check.counterexample)).toBe(false)
}, 120_000)

test.each([
  ['closing brackets after a URL', (n: number) => `https://a.example/${')'.repeat(n)}`],
  ['balanced brackets after a URL', (n: number) => `https://a.example/${'('.repeat(n)}${')'.repeat(n)}`],
  ['URLs without a separator', (n: number) => 'https://a.b/'.repeat(n)],
  ['a tag of digits', (n: number) => `#${'1'.repeat(n)}`],
  ['signs', (n: number) => '@#'.repeat(n)],
  ['dots', (n: number) => `https://a.example/${'.'.repeat(n)}`],
])('parses in linear time: %s', (_, make) => {
  // The fastest of many runs is the least noisy. Quadratic time would make a text ten times as long 100 times slower.
  const fastest = (value: string) => {
    let best = Number.POSITIVE_INFINITY
    for (let run = 0; run < 25; run += 1) {
      const started = performance.now()
      linkify(value)
      best = Math.min(best, performance.now() - started)
    }
    return best
  }
  const [short, long] = [make(2_000), make(20_000)]
  expect(fastest(long) / Math.max(fastest(short), 0.02)).toBeLessThan(30)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { segmentsOf } from '../../../worker/contract/segments.ts'

/** Pieces that parsers stumble over, between whatever else people type. */
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

test('any text: nothing is lost or made up, and every link leads where links may lead', () => {
  const check = fc.check(
    fc.property(text, (pieces) => {
      const written = pieces.join('')
      let rest = written
      for (const segment of segmentsOf(written)) {
        if (segment.kind !== 'link') {
          // What stands as it is, a mention or a tag, is a piece of the text in its order.
          if (!rest.includes(segment.text)) return false
          rest = rest.slice(rest.indexOf(segment.text) + segment.text.length)
        }
        if (segment.kind === 'link') {
          const { protocol, username, password, hostname } = new URL(segment.href)
          if (!/^https?:$/.test(protocol) || username || password || !hostname.includes('.')) return false
          // An address as parsed is written in ASCII, without what could leave an attribute or a tag.
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
  ['brackets behind an address', (n: number) => `https://a.example/${')'.repeat(n)}`],
  ['brackets that were opened', (n: number) => `https://a.example/${'('.repeat(n)}${')'.repeat(n)}`],
  ['addresses without an end', (n: number) => 'https://a.b/'.repeat(n)],
  ['tags of digits', (n: number) => `#${'1'.repeat(n)}`],
  ['signs', (n: number) => '@#'.repeat(n)],
  ['dots', (n: number) => `https://a.example/${'.'.repeat(n)}`],
])('the work grows with the length and not its square: %s', (_, make) => {
  // The least of many runs is what the work takes. Ten times the length took 100 times as long if it grew with the square.
  const least = (value: string) => {
    let best = Number.POSITIVE_INFINITY
    for (let run = 0; run < 25; run += 1) {
      const started = performance.now()
      segmentsOf(value)
      best = Math.min(best, performance.now() - started)
    }
    return best
  }
  const [short, long] = [make(2_000), make(20_000)]
  expect(least(long) / Math.max(least(short), 0.02)).toBeLessThan(30)
})

import { describe, expect, test } from 'vitest'
import { newActivity, newReply } from './activity.ts'
import { countGraphemes } from './graphemes.ts'
import { isBlank } from './invisible-characters.ts'
import { text } from './text.ts'
import { TTL_SECONDS, TTLS } from './ttl.ts'

const rule = text({ blank: 'message_blank', tooLong: 'message_exceed_max_chars', invalid: 'message_invalid', max: 10 })

/** Returns the parsed text, or the error codes. */
function read(value: unknown): string | string[] {
  const result = rule.safeParse(value)
  return result.success ? result.data : result.error.issues.map((issue) => issue.message)
}

const FAMILY = '👨‍👩‍👧‍👦'
const FLAG = '🇨🇭'

describe('accepts', () => {
  test.each([
    ['surrounding white space, and trims it', '  hi \n', 'hi'],
    ['newlines of a form, and converts them to LF', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['ten characters', '1234567890', '1234567890'],
    ['a family emoji as one character', FAMILY.repeat(4), FAMILY.repeat(4)],
    ['a flag as one character', FLAG.repeat(10), FLAG.repeat(10)],
    ['a letter with its marks as one character', 'é'.repeat(10), 'é'.repeat(10)],
    ['inner spaces, and keeps them', 'a  b', 'a  b'],
    ['direction marks and joiners', 'a\u200d\u200fb', 'a\u200d\u200fb'],
  ])('%s', (_, typed, kept) => {
    expect(read(typed)).toBe(kept)
  })
})

describe('refuses', () => {
  test.each([
    ['an empty text', '', 'message_blank'],
    ['white space only', ' \t\r\n\u00a0\u2003\ufeff', 'message_blank'],
    ['a number', 7, 'message_blank'],
    ['null', null, 'message_blank'],
    ['undefined', undefined, 'message_blank'],
    ['an array', ['hi'], 'message_blank'],
    ['eleven characters', '12345678901', 'message_exceed_max_chars'],
    ['eleven flags', FLAG.repeat(11), 'message_exceed_max_chars'],
    ['few characters of too many bytes', `a${'\u0301'.repeat(60)}`, 'message_exceed_max_chars'],
    ['NUL', 'a\u0000b', 'message_invalid'],
    ['a tab', 'a\tb', 'message_invalid'],
    ['escape', 'a\u001b[31mb', 'message_invalid'],
    ['delete', 'a\u007fb', 'message_invalid'],
    ['a C1 control', 'a\u0085b', 'message_invalid'],
    ['a lone high surrogate', 'a\ud83d', 'message_invalid'],
    ['a lone low surrogate', '\udc00a', 'message_invalid'],
    ['swapped surrogates', '\udc00\ud83d', 'message_invalid'],
  ])('%s', (_, typed, code) => {
    expect(read(typed)).toEqual([code])
  })

  test('a huge text, without counting its characters', () => {
    const started = Date.now()
    expect(read('🇨🇭'.repeat(1_000_000))).toEqual(['message_exceed_max_chars'])
    expect(Date.now() - started).toBeLessThan(2_000)
  })
})

describe('newActivity and newReply', () => {
  const codes = (result: { success: boolean; error?: { issues: { message: string; path: PropertyKey[] }[] } }) =>
    result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

  test('report all errors at once', () => {
    expect(codes(newActivity.safeParse({ message: ' ', ttl: 'for-ever' }))).toEqual([
      'message: message_blank',
      'ttl: ttl_blank',
    ])
    expect(codes(newActivity.safeParse({}))).toEqual(['message: message_blank', 'ttl: ttl_blank'])
  })

  test.each(TTLS)('accept the TTL %s', (ttl) => {
    expect(newActivity.parse({ message: 'hi', ttl })).toEqual({ message: 'hi', ttl })
    expect(TTL_SECONDS[ttl]).toBeGreaterThanOrEqual(3_600)
  })

  test('a reply may be longer than an activity and needs no TTL', () => {
    const message = 'a'.repeat(1_024)
    expect(newReply.parse({ message })).toEqual({ message })
    expect(codes(newReply.safeParse({ message: `${message}a` }))).toEqual(['message: message_exceed_max_chars_1024'])
    expect(codes(newReply.safeParse({ message, ttl: null }))).toEqual(['ttl: ttl_blank'])
    expect(codes(newActivity.safeParse({ message: 'a'.repeat(281), ttl: '1-day' }))).toEqual([
      'message: message_exceed_max_chars',
    ])
  })
})

test.each([
  ['', 0],
  ['abc', 3],
  [FAMILY, 1],
  [`${FLAG}${FLAG}`, 2],
  ['🏴󠁧󠁢󠁳󠁣󠁴󠁿', 1],
  ['e\u0301', 1],
  ['a\nb', 3],
])('countGraphemes(%j) returns %i', (value, count) => {
  expect(countGraphemes(value)).toBe(count)
})

describe('invisible texts', () => {
  const rule = text({
    blank: 'message_blank',
    tooLong: 'message_exceed_max_chars',
    invalid: 'message_invalid',
    max: 280,
  })

  const INVISIBLE = [
    ['a zero-width space', '\u200b'],
    ['a word joiner', '\u2060'],
    ['a soft hyphen and a joiner', '\u00ad\u200d'],
    ['a grapheme joiner', '\u034f'],
    ['a variation selector', '\ufe0f'],
    ['Khmer inherent vowels', '\u17b4\u17b5'],
    ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
    ['a Mongolian vowel separator', '\u180e'],
    ['tag characters', '\u{e0020}\u{e0041}'],
    ['a Braille blank', '\u2800'],
    ['a null notehead', '\u{1d159}'],
    ['an Egyptian blank', '\u{13441}'],
    ['an accent without a letter', '\u0301'],
    ['an accent on a space', '\u00a0\u0301'],
    ['an empty keycap', '\ufe0f\u20e3'],
    ['direction marks', '\u200f\u2067\u2069'],
  ]
  test.each(INVISIBLE)('refuses %s as blank', (_, value) => {
    expect(rule.safeParse(value).error?.issues.map(({ message }) => message)).toEqual(['message_blank'])
    expect(isBlank(value)).toBe(true)
    expect(text({ tooLong: 'bio_exceed_max_chars', invalid: 'bio_invalid', max: 10 }).parse(value)).toBe('')
  })

  // The last code point is not assigned in Unicode yet.
  test.each(['👨‍👩‍👧', 'e\u0301', '.', '🏳️‍🌈', '1️⃣', 'ก็', '\u{1fb00}'])('accepts %s', (value) => {
    expect(rule.parse(value)).toBe(value)
  })
})

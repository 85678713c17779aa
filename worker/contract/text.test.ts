import { describe, expect, test } from 'vitest'
import { newActivity, newReply } from './activity.ts'
import { countGraphemes } from './graphemes.ts'
import { LIFETIMES, TTLS } from './limits.ts'
import { text } from './text.ts'
import { isBlank } from './visible.ts'

const rule = text({ blank: 'message_blank', tooLong: 'message_exceed_max_chars', invalid: 'message_invalid', max: 10 })

/** What a text becomes, or the codes that it is refused with. */
function read(value: unknown): string | string[] {
  const result = rule.safeParse(value)
  return result.success ? result.data : result.error.issues.map((issue) => issue.message)
}

const FAMILY = '👨‍👩‍👧‍👦'
const FLAG = '🇨🇭'

describe('what is kept', () => {
  test.each([
    ['white space around it goes', '  hi \n', 'hi'],
    ['newlines of a form become LF', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['ten characters fit', '1234567890', '1234567890'],
    ['a family is one character', FAMILY.repeat(4), FAMILY.repeat(4)],
    ['so is a flag', FLAG.repeat(10), FLAG.repeat(10)],
    ['and a letter with its marks', 'é'.repeat(10), 'é'.repeat(10)],
    ['space inside stays', 'a  b', 'a  b'],
    ['right-to-left and joiners are no control characters', 'a\u200d\u200fb', 'a\u200d\u200fb'],
  ])('%s', (_, typed, kept) => {
    expect(read(typed)).toBe(kept)
  })
})

describe('what is refused', () => {
  test.each([
    ['nothing', '', 'message_blank'],
    ['white space alone', ' \t\r\n\u00a0\u2003\ufeff', 'message_blank'],
    ['what is no text', 7, 'message_blank'],
    ['null', null, 'message_blank'],
    ['nothing at all', undefined, 'message_blank'],
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
    ['surrogates the wrong way round', '\udc00\ud83d', 'message_invalid'],
  ])('%s', (_, typed, code) => {
    expect(read(typed)).toEqual([code])
  })

  test('a huge text is refused without its characters being counted', () => {
    const started = Date.now()
    expect(read('🇨🇭'.repeat(1_000_000))).toEqual(['message_exceed_max_chars'])
    expect(Date.now() - started).toBeLessThan(2_000)
  })
})

describe('a crud and a reply', () => {
  const codes = (result: { success: boolean; error?: { issues: { message: string; path: PropertyKey[] }[] } }) =>
    result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

  test('all that is wrong is told at once', () => {
    expect(codes(newActivity.safeParse({ message: ' ', ttl: 'for-ever' }))).toEqual([
      'message: message_blank',
      'ttl: ttl_blank',
    ])
    expect(codes(newActivity.safeParse({}))).toEqual(['message: message_blank', 'ttl: ttl_blank'])
  })

  test.each(TTLS)('%s is a lifetime', (ttl) => {
    expect(newActivity.parse({ message: 'hi', ttl })).toEqual({ message: 'hi', ttl })
    expect(LIFETIMES[ttl]).toBeGreaterThanOrEqual(3_600)
  })

  test('a reply may leave its lifetime open, and is longer', () => {
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
])('%j has %i characters', (value, count) => {
  expect(countGraphemes(value)).toBe(count)
})

describe('what nobody can see', () => {
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
    ['an accent on nothing', '\u0301'],
    ['an accent on a space', '\u00a0\u0301'],
    ['an enclosing keycap around nothing', '\ufe0f\u20e3'],
    ['direction marks', '\u200f\u2067\u2069'],
  ]
  test.each(INVISIBLE)('%s is blank', (_, value) => {
    expect(rule.safeParse(value).error?.issues.map(({ message }) => message)).toEqual(['message_blank'])
    expect(isBlank(value)).toBe(true)
    expect(text({ tooLong: 'bio_exceed_max_chars', invalid: 'bio_invalid', max: 10 }).parse(value)).toBe('')
  })

  // The last is not in Unicode yet: tomorrow's emoji.
  test.each(['👨‍👩‍👧', 'e\u0301', '.', '🏳️‍🌈', '1️⃣', 'ก็', '\u{1fb00}'])('%s is not', (value) => {
    expect(rule.parse(value)).toBe(value)
  })
})

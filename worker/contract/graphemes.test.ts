import { expect, it } from 'vitest'
import { countGraphemes, cutGraphemes } from './graphemes.ts'

const FLAG = '🇸🇪'
const FAMILY = '👩‍👩‍👧‍👦'

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['a cd', 3, 'a…'],
  ['äöüß', 3, 'äö…'],
  ['🔥🔥🔥🔥', 3, '🔥🔥…'],
  [FLAG.repeat(3), 3, FLAG.repeat(3)],
  [FLAG.repeat(4), 3, `${FLAG.repeat(2)}…`],
  ['', 3, ''],
])('cutGraphemes(%j, %d) returns %j', (text, max, cut) => {
  expect(cutGraphemes(text, max)).toBe(cut)
})

it.each([
  ['', 0],
  ['Kettle’s on — 5 €', 17],
  ['🔥'.repeat(5), 5],
  ['e\u0301', 1],
  [FAMILY, 1],
  ['❤\ufe0f', 1],
  ['👍🏽', 1],
  [FLAG, 1],
  ['\r\n', 1],
  ['한', 1],
  ['नि', 1],
])('countGraphemes(%j) returns %d', (text, count) => {
  expect(countGraphemes(text)).toBe(count)
})

it('counts like Intl.Segmenter for every code point beside a letter and an emoji', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const segments = (text: string) => [...segmenter.segment(text)].length
  const points = Array.from({ length: 0x20000 }, (_, i) => i).filter((i) => i < 0xd800 || i >= 0x1f000)
  for (const beside of ['a', '🔥']) {
    const wrong = points.filter((point) => {
      const text = `${beside}${String.fromCodePoint(point)}${beside}`
      return countGraphemes(text) !== segments(text)
    })
    expect(wrong).toEqual([])
  }
})

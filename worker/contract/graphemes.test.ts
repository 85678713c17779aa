import { expect, it } from 'vitest'
import { cutGraphemes } from './graphemes.ts'

const FLAG = '🇸🇪'

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['a cd', 3, 'a…'],
  [FLAG.repeat(3), 3, FLAG.repeat(3)],
  [FLAG.repeat(4), 3, `${FLAG.repeat(2)}…`],
  ['', 3, ''],
])('%j in %d characters is %j', (text, max, cut) => {
  expect(cutGraphemes(text, max)).toBe(cut)
})

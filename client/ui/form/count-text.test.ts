import { expect, it } from 'vitest'
import { countText, numberText } from './count-text.ts'

it.each([
  [0, '', '0'],
  [7, '7', '7'],
  [999, '999', '999'],
  [1_000, '1K', '1,000'],
  [1_287, '1.3K', '1,287'],
  [98_765, '99K', '98,765'],
  [1_234_567, '1.2M', '1,234,567'],
])('formats %d as %j beside an icon and as %j in a sentence', (value, short, full) => {
  expect(countText(value)).toBe(short)
  expect(numberText(value)).toBe(full)
  expect(numberText(value)).toBe(value.toLocaleString('en'))
})

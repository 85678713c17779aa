import { describe, expect, test } from 'vitest'
import { median } from './median.ts'
import { isMet, writeBudgets, writeNumber, writeSummary, writeTables } from './report.ts'

test.each([
  [0, '0'],
  [15, '15'],
  [123_456, '123456'],
  [0.04567, '0.046'],
  [-0.5, '-0.500'],
  [1.2345, '1.23'],
  [13.37, '13.4'],
  // One more digit, so that 130.2 shows as over a bound of 130.
  [130.04, '130.0'],
  [130.2, '130.2'],
  [1368.4, '1368'],
])('%d is written %s', (value, text) => {
  expect(writeNumber(value)).toBe(text)
})

describe('a budget is met', () => {
  const budget = { what: 'a page', bound: 3, unit: 'ms' }

  test.each([
    [2.9, true],
    [3, true],
    [3.01, false],
    [Number.NaN, false],
  ])('at most 3: %d, %s', (measured, met) => {
    expect(isMet({ ...budget, measured })).toBe(met)
  })

  test.each([
    [2.9, false],
    [3, true],
    [3.01, true],
    [Number.NaN, false],
  ])('at least 3: %d, %s', (measured, met) => {
    expect(isMet({ ...budget, measured, atLeast: true })).toBe(met)
  })
})

test('tables are Markdown with aligned columns: texts to the left, numbers to the right', () => {
  const tables = [
    {
      title: 'Speed',
      columns: ['what', 'ms'],
      rows: [
        ['a page', 12.34],
        ['b', null],
      ],
      notes: ['Noisy.'],
    },
  ]
  expect(writeTables({ tables })).toBe(
    [
      '**Speed**',
      '',
      '| what   |   ms |',
      '| ------ | ---: |',
      '| a page | 12.3 |',
      '| b      |    – |',
      '',
      '- Noisy.',
    ].join('\n'),
  )
})

test('budgets are written with bound, measured value, and met or missed', () => {
  const text = writeBudgets([
    { what: 'trips', bound: 1, measured: 1, unit: '' },
    { what: 'score', bound: 95, measured: 94.5, unit: '%', atLeast: true },
  ])
  expect(text.split('\n').slice(-2)).toEqual(
    ['| trips | ≤ 1    | 1      | met    |', '| score | ≥ 95 % | 94.5 % | MISSED |'].map((line) =>
      expect.stringMatching(new RegExp(line.replaceAll(/[|]/g, '\\|').replaceAll(/ +/g, ' +'))),
    ),
  )
})

describe('a summary', () => {
  const sizes = {
    tables: [{ title: 'Sizes', columns: ['what', 'KB'], rows: [['the Worker', 254.7]] }],
    budgets: [{ what: 'the Worker', bound: 300, measured: 254.7, unit: 'KB' }],
  }
  const routes = {
    tables: [{ title: 'Routes', columns: ['route', 'trips'], rows: [['/', 2]] }],
    budgets: [{ what: 'round trips', bound: 1, measured: 2, unit: '' }],
  }

  test('gives the number of missed budgets, and folds the tables of all sections', () => {
    const text = writeSummary([sizes, routes])
    expect(text).toMatch(/^1 of 2 budgets are missed\.\n\n\*\*Budgets\*\*\n\n\| what/)
    expect(text).toContain('| ≤ 300 KB | 254.7 KB | met    |')
    expect(text).toMatch(/<details><summary>.+<\/summary>\n\n\*\*Sizes\*\*[\s\S]+\*\*Routes\*\*[\s\S]+\n\n<\/details>$/)
  })

  test('says when all budgets are met', () => {
    expect(writeSummary([sizes])).toMatch(/^All budgets are met\.\n\n\*\*Budgets/)
  })
})

test.each([
  [[3, 1, 2], 2],
  [[10, 2], 6],
  [[7], 7],
  [[], Number.NaN],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle)
})

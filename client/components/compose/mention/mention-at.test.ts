import { expect, it } from 'vitest'
import { mentionAt } from './mention-at.ts'

/** `|` marks the caret. */
const at = (marked: string) => mentionAt(marked.replace('|', ''), marked.indexOf('|'))

it.each([
  ['@m|', { prefix: 'm', start: 0, end: 2 }],
  ['Hi @Mi|', { prefix: 'mi', start: 3, end: 6 }],
  ['(@mi|ra), you', { prefix: 'mi', start: 1, end: 6 }],
  ['line\n@x_1|', { prefix: 'x_1', start: 5, end: 9 }],
])('%j is a mention', (text, expected) => {
  expect(at(text)).toEqual(expected)
})

it.each([
  '|',
  '@|',
  '@mira |',
  'mira@exa|',
  '@mira@exa|',
  '@mir|a@example.social',
  'a/@b|',
  '#@b|',
  `@${'a'.repeat(31)}|`,
])('%j is none', (text) => {
  expect(at(text)).toBeNull()
})

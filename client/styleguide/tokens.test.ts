import { expect, it } from 'vitest'
import css from '../styles/base/tokens.css?raw'
import { contrast, tokensIn } from './tokens.ts'

const tokens = tokensIn(css)
const of = (name: string) => tokens.find((token) => token.name === name) ?? { light: '', dark: '' }

it('reads each colour in both themes', () => {
  expect(of('ground')).toEqual({ name: 'ground', light: '#fbf9ff', dark: '#0c0714' })
  expect(of('accent')).toEqual({ name: 'accent', light: '#9500ff', dark: '#9500ff' })
  expect(of('lamp').dark).toMatch(/^rgb/)
  expect(tokens.map(({ name }) => name)).not.toContain('font')
})

// WCAG 2: 4.5 for words, 3 for what is not words but says something.
it.each([
  ['text', 4.5],
  ['soft', 4.5],
  ['link', 4.5],
  ['danger', 4.5],
  ['fuse', 3],
  ['hot-line', 3],
  ['ember', 3],
  ['edge', 3],
])('%s can be told from what it stands on, in both themes', (name, least) => {
  for (const theme of ['light', 'dark'] as const) {
    for (const ground of ['ground', 'raised', 'hover']) {
      expect(contrast(of(name)[theme], of(ground)[theme]), `${theme}, on ${ground}`).toBeGreaterThanOrEqual(least)
    }
  }
})

it.each(['accent', 'accent-hover'])('words on %s can be read', (name) => {
  for (const theme of ['light', 'dark'] as const) {
    expect(contrast(of(name)[theme], '#ffffff'), theme).toBeGreaterThanOrEqual(4.5)
  }
})

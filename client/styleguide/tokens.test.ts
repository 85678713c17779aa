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

// WCAG 2: 4.5 for text, 3 for graphics that carry meaning.
it.each([
  ['text', 4.5],
  ['soft', 4.5],
  ['link', 4.5],
  ['danger', 4.5],
  ['fuse', 3],
  ['hot-line', 3],
  ['ember', 3],
  ['edge', 3],
])('%s has enough contrast to every background, in both themes', (name, minimum) => {
  for (const theme of ['light', 'dark'] as const) {
    for (const ground of ['ground', 'raised', 'hover']) {
      expect(contrast(of(name)[theme], of(ground)[theme]), `${theme}, on ${ground}`).toBeGreaterThanOrEqual(minimum)
    }
  }
})

it.each(['accent', 'accent-hover'])('white text on %s has enough contrast', (name) => {
  for (const theme of ['light', 'dark'] as const) {
    expect(contrast(of(name)[theme], '#ffffff'), theme).toBeGreaterThanOrEqual(4.5)
  }
})

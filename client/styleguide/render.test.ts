import { expect, it } from 'vitest'
import { renderStyleguide } from './render.tsx'
import { styleguideSheet } from './sheet.ts'

const sources = import.meta.glob<string>('./*.tsx', { query: '?raw', import: 'default', eager: true })
const primitives = Object.keys(import.meta.glob(['../ui/**/*.tsx', '!../ui/**/*.test.tsx']))

const CSS = ':root{color-scheme:dark light;--ground:light-dark(#fbf9ff,#0c0714)}'

const page = () =>
  renderStyleguide({
    request: new Request('http://localhost:8787/styleguide'),
    assets: { script: '/x.js', imported: [], sheets: ['/site.css'], deferredSheet: null, css: CSS },
    now: Date.parse('2026-11-24T12:00:00Z'),
  })

it('shows every primitive', () => {
  const text = Object.values(sources).join('\n')
  expect(primitives.length).toBeGreaterThan(10)
  expect(primitives.filter((path) => !text.includes(`'${path}'`))).toEqual([])
})

it('renders both themes, with the site’s stylesheet before its own', async () => {
  const html = await page()
  expect(html.indexOf(`<style>${CSS}</style>`)).toBeGreaterThan(0)
  expect(html.indexOf('<link rel="stylesheet" href="/styleguide.css"/>')).toBeGreaterThan(html.indexOf('</style>'))
  for (const theme of ['dark', 'light']) expect(html).toContain(`data-theme="${theme}"`)
  expect(html).toContain('ground #0c0714')
  expect(html).toContain('Pick how long it burns.')
  expect(html).not.toContain('<script')
})

it('turns hover and focus states into classes', () => {
  const sheet = styleguideSheet('.button:hover{color:red}a:focus-visible{outline:0}')
  expect(sheet).toContain('.button:is(.is-hover *){color:red}a:is(.is-focus :is(')
})

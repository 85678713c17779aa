import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Field } from './Field.tsx'

const attribute = (html: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(html)?.[1]

it('associates label, hint and error with the input, and keeps its value', () => {
  const html = renderToStaticMarkup(
    <Field
      name="handle"
      label="Handle"
      hint="Letters."
      error="Taken."
      suggestions={['mira2']}
      defaultValue="mira"
      autoComplete="username"
    />,
  )
  const id = attribute(html, 'for')
  expect(html).toMatch(new RegExp(`<input[^>]* id="${id}"[^>]* name="handle"`))
  expect(attribute(html, 'aria-describedby')).toBe(`${id}-error ${id}-hint`)
  expect(attribute(html, 'aria-invalid')).toBe('true')
  expect(attribute(html, 'value')).toBe('mira')
  expect(html).toMatch(/<button[^>]* value="mira2"[^>]* name="picked_handle"/)
  expect(html).toContain('<option value="mira2">')
})

it('has no error attributes without an error', () => {
  const html = renderToStaticMarkup(<Field name="email" label="Email" type="email" />)
  expect(html).not.toMatch(/aria-invalid|aria-describedby|class="error"/)
  expect(html).toContain('type="email"')
})

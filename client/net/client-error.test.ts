import { expect, test } from 'vitest'
import { clientError } from '../../worker/contract/client-error.ts'
import { toClientError } from './client-error.ts'

const ORIGIN = 'https://cruddur.example'
const SECRET = 'user input'

function broken(stack: string, name = 'TypeError'): Error {
  return Object.assign(new Error(SECRET), { name, stack: `${name}: ${SECRET}\n${stack}` })
}

test.each([
  ['Chromium', `    at render (${ORIGIN}/assets/entry-ab12.js:1:234)\n    at ${ORIGIN}/assets/home-cd.js:5:6`],
  ['Firefox', `render@${ORIGIN}/assets/entry-ab12.js:1:234\n@${ORIGIN}/assets/home-cd.js:5:6`],
])('reports the frames in our own files of a stack of %s, as the contract requires', (_, stack) => {
  const report = toClientError(broken(stack), '/:at_handle', ORIGIN)
  expect(report).toEqual({
    name: 'TypeError',
    route: '/:at_handle',
    frames: ['at render (/assets/entry-ab12.js:1:234)', 'at /assets/home-cd.js:5:6'],
  })
  expect(clientError.safeParse(report).success).toBe(true)
})

test('reports no message, no foreign file and no page URL', () => {
  const stack = `    at steal (https://evil.example/assets/x.js:1:2)\n    at go (${ORIGIN}/@anna?secret=1:2:3)\n    at ${SECRET}`
  const report = toClientError(broken(stack, `Odd name ${SECRET}`), '/', ORIGIN)
  expect(report).toEqual({ name: 'Error', route: '/', frames: [] })
})

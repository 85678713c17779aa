import { expect, test } from 'vitest'
import { clientError } from '../../worker/contract/client-error.ts'
import { toClientError } from './client-error.ts'

const ORIGIN = 'https://cruddur.example'
const SECRET = 'what somebody typed'

function broken(stack: string, name = 'TypeError'): Error {
  return Object.assign(new Error(SECRET), { name, stack: `${name}: ${SECRET}\n${stack}` })
}

test.each([
  ['Chromium', `    at render (${ORIGIN}/assets/entry-ab12.js:1:234)\n    at ${ORIGIN}/assets/home-cd.js:5:6`],
  ['Firefox', `render@${ORIGIN}/assets/entry-ab12.js:1:234\n@${ORIGIN}/assets/home-cd.js:5:6`],
])('a stack of %s is told by our own places, and passes the contract', (_, stack) => {
  const told = toClientError(broken(stack), '/:at_handle', ORIGIN)
  expect(told).toEqual({
    name: 'TypeError',
    route: '/:at_handle',
    frames: ['at render (/assets/entry-ab12.js:1:234)', 'at /assets/home-cd.js:5:6'],
  })
  expect(clientError.safeParse(told).success).toBe(true)
})

test('nothing else of it is told: no message, no foreign file, no address of a page', () => {
  const stack = `    at steal (https://evil.example/assets/x.js:1:2)\n    at go (${ORIGIN}/@anna?secret=1:2:3)\n    at ${SECRET}`
  const told = toClientError(broken(stack, `Odd name ${SECRET}`), '/', ORIGIN)
  expect(told).toEqual({ name: 'Error', route: '/', frames: [] })
})

import { describe, expect, test } from 'vitest'
import type * as z from 'zod/mini'
import { confirmation, emailOnly, handleChoice, passwordChange, recovery, signIn, signUp } from './session.ts'

const PASSWORD = 'Cruddur-2026!'
const person = { display_name: 'Anna', email: 'anna@example.com', handle: 'anna', password: PASSWORD }

/** Returns the parsed body, or the errors as `path: code`. */
function read(schema: z.ZodMiniType, value: unknown): unknown {
  const result = schema.safeParse(value)
  return result.success ? result.data : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('email', () => {
  test('is trimmed and lower-cased', () => {
    expect(read(emailOnly, { email: '  Anna@Example.COM ' })).toEqual({ email: 'anna@example.com' })
  })

  test.each([
    ['', 'email_blank'],
    ['   ', 'email_blank'],
    [undefined, 'email_blank'],
    [42, 'email_blank'],
    ['anna', 'email_invalid'],
    ['anna@example', 'email_invalid'],
    ['anna@example.', 'email_invalid'],
    ['an na@example.com', 'email_invalid'],
    ['a@b@example.com', 'email_invalid'],
    ['a\u0000@example.com', 'email_invalid'],
    [`${'a'.repeat(250)}@example.com`, 'email_invalid'],
  ])('%j: %s', (email, code) => {
    expect(read(emailOnly, { email })).toEqual([`email: ${code}`])
  })
})

describe('handle', () => {
  test.each([
    ['anna', 'anna'],
    [' @Anna_1 ', 'anna_1'],
    ['a', 'a'],
    ['x'.repeat(30), 'x'.repeat(30)],
  ])('%j becomes %s', (handle, kept) => {
    expect(read(handleChoice, { handle })).toEqual({ handle: kept })
  })

  test.each([
    ['', 'handle_blank'],
    ['@', 'handle_blank'],
    [undefined, 'handle_blank'],
    ['x'.repeat(31), 'handle_invalid'],
    ['an-na', 'handle_invalid'],
    ['an na', 'handle_invalid'],
    ['änna', 'handle_invalid'],
    ['@@anna', 'handle_invalid'],
    ['anna\n', 'handle'],
    ['İ', 'handle_invalid'],
  ])('%j: %s', (handle, code) => {
    const wanted = code === 'handle' ? { handle: 'anna' } : [`handle: ${code}`]
    expect(read(handleChoice, { handle })).toEqual(wanted)
  })
})

describe('password', () => {
  test.each(['Aa1!aaaa', 'with A space 1', `${'Aa1!'.repeat(64)}`, 'Über-Café-1'])(
    '%j is strong enough',
    (password) => {
      expect(read(signUp, { ...person, password })).toEqual({ ...person, password })
    },
  )

  test.each([
    ['', 'password_blank'],
    [undefined, 'password_blank'],
    ['Aa1!aaa', 'password_weak'],
    ['aa1!aaaa', 'password_weak'],
    ['AA1!AAAA', 'password_weak'],
    ['Aaa!aaaa', 'password_weak'],
    ['Aa1aaaaa', 'password_weak'],
    [' Aa1!aaaa', 'password_weak'],
    ['Aa1!aaaa ', 'password_weak'],
    [`${'Aa1!'.repeat(64)}a`, 'password_weak'],
  ])('%j: %s', (password, code) => {
    expect(read(signUp, { ...person, password })).toEqual([`password: ${code}`])
  })

  test('is never trimmed at sign-in', () => {
    const body = { email: 'anna@example.com', password: ' x ' }
    expect(read(signIn, body)).toEqual(body)
  })
})

test('removes spaces from a code', () => {
  const email = 'anna@example.com'
  expect(read(confirmation, { email, code: ' 123 456 ' })).toEqual({ email, code: '123456' })
  expect(read(confirmation, { email, code: ' ' })).toEqual(['code: code_blank'])
  expect(read(confirmation, { email })).toEqual(['code: code_blank'])
})

test('reports all errors at once', () => {
  expect(read(signUp, {})).toEqual([
    'display_name: display_name_blank',
    'email: email_blank',
    'handle: handle_blank',
    'password: password_blank',
  ])
  expect(read(recovery, { email: 'x', code: '', password: 'weak' })).toEqual([
    'email: email_invalid',
    'code: code_blank',
    'password: password_weak',
  ])
  expect(read(passwordChange, {})).toEqual(['current: password_blank', 'new: password_blank'])
})

test.each([
  ['x'.repeat(60), []],
  ['👩‍🚀'.repeat(54), []],
  ['x'.repeat(61), ['display_name: display_name_exceed_max_chars']],
  ['a\u0007', ['display_name: display_name_invalid']],
])('display name %#', (display_name, refused) => {
  const wanted = refused.length > 0 ? refused : { ...person, display_name }
  expect(read(signUp, { ...person, display_name })).toEqual(wanted)
})

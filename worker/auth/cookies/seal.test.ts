import { expect, test } from 'vitest'
import type { Env } from '../../env.ts'
import { seal, unseal } from './seal.ts'

const env = { secretKey: 'a'.repeat(43) } as Env
const TOKEN = 'eyJ'.padEnd(1_800, 'x')

test('decrypts a sealed token', async () => {
  expect(await unseal(env, await seal(env, TOKEN, 'session'), 'session')).toBe(TOKEN)
})

test('hides the token, and differs each time', async () => {
  const sealed = await seal(env, TOKEN, 'session')
  expect(atob(sealed)).not.toContain('xxx')
  expect(await seal(env, TOKEN, 'session')).not.toBe(sealed)
})

test('returns undefined for another key, another session or an altered value', async () => {
  const sealed = await seal(env, TOKEN, 'session')
  expect(await unseal({ ...env, secretKey: 'b'.repeat(43) }, sealed, 'session')).toBeUndefined()
  expect(await unseal(env, sealed, 'another')).toBeUndefined()
  expect(await unseal(env, `A${sealed.slice(1)}`.replace(/^AA/, 'BA'), 'session')).toBeUndefined()
  expect(await unseal(env, 'not base64!', 'session')).toBeUndefined()
  expect(await unseal(env, '', 'session')).toBeUndefined()
})

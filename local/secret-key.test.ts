import { createECDH } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readOrCreateKey, readOrCreateVapidKeys } from './secret-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'cruddur-key-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('creates 32 random bytes once per folder', () => {
  const key = readOrCreateKey(join(folder, 'one'), 'secret-key')
  expect(Buffer.from(key, 'base64')).toHaveLength(32)
  expect(readOrCreateKey(join(folder, 'one'), 'secret-key')).toBe(key)
  expect(readOrCreateKey(join(folder, 'two'), 'secret-key')).not.toBe(key)
  expect(readOrCreateKey(join(folder, 'one'), 'evidence-key')).not.toBe(key)
})

it('creates a key pair for push services once per folder', () => {
  const keys = readOrCreateVapidKeys(join(folder, 'one'))
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(keys.VAPID_PRIVATE_KEY, 'base64url')
  expect(ecdh.getPublicKey('base64url')).toBe(keys.VAPID_PUBLIC_KEY)
  expect(readOrCreateVapidKeys(join(folder, 'one'))).toEqual(keys)
  expect(readOrCreateVapidKeys(join(folder, 'two'))).not.toEqual(keys)
})

it('writes a file that only the owner can read', () => {
  readOrCreateKey(folder, 'secret-key')
  const [file = ''] = readdirSync(folder).filter((name) => name.startsWith('secret'))
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
})

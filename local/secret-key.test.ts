import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readOrCreateSecretKey } from './secret-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'cruddur-key-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('creates 32 random bytes once per folder', () => {
  const key = readOrCreateSecretKey(join(folder, 'one'))
  expect(Buffer.from(key, 'base64')).toHaveLength(32)
  expect(readOrCreateSecretKey(join(folder, 'one'))).toBe(key)
  expect(readOrCreateSecretKey(join(folder, 'two'))).not.toBe(key)
})

it('writes a file that only the owner can read', () => {
  readOrCreateSecretKey(folder)
  const [file = ''] = readdirSync(folder).filter((name) => name.startsWith('secret'))
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
})

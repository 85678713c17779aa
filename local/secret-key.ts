import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateVapidKeys } from './vapid-keys.ts'

/**
 * Returns a key of the folder, created at the first start. Kept, since with a new SECRET_KEY stored hashes would not match any
 * more, and with a new EVIDENCE_KEY reported texts could not be opened.
 */
export function readOrCreateKey(stateDir: string, name: 'secret-key' | 'evidence-key'): string {
  return readOrCreate(stateDir, name, () => randomBytes(32).toString('base64'))
}

/** Returns the keys for push services, created at the first start. Kept, since browsers have subscribed to the public one. */
export function readOrCreateVapidKeys(stateDir: string): ReturnType<typeof generateVapidKeys> {
  return JSON.parse(readOrCreate(stateDir, 'vapid-keys', () => JSON.stringify(generateVapidKeys())))
}

function readOrCreate(stateDir: string, name: string, create: () => string): string {
  const file = join(stateDir, name)
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const created = create()
  mkdirSync(stateDir, { recursive: true })
  writeFileSync(file, `${created}\n`, { mode: 0o600 })
  return created
}

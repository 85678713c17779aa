import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Returns a key of the folder, created at the first start. Kept, since with a new SECRET_KEY stored hashes would not match any
 * more, and with a new EVIDENCE_KEY reported texts could not be opened.
 */
export function readOrCreateKey(stateDir: string, name: 'secret-key' | 'evidence-key'): string {
  const file = join(stateDir, name)
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const key = randomBytes(32).toString('base64')
  mkdirSync(stateDir, { recursive: true })
  writeFileSync(file, `${key}\n`, { mode: 0o600 })
  return key
}

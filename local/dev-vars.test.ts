import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { writeDevVars } from './dev-vars.ts'

const folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('writeDevVars', () => {
  it('writes a file that only the owner can read, and overwrites its own file', () => {
    const file = join(folder, 'new', 'dev.vars')
    writeDevVars(file, { OLD: 'x' })
    writeDevVars(file, { DATABASE_URL: 'postgres://u:p$HOME#1@h/d', ODD: "it's" })
    expect(readFileSync(file, 'utf8').split('\n').slice(1)).toEqual([
      "DATABASE_URL='postgres://u:p$HOME#1@h/d'",
      'ODD="it\'s"',
      '',
    ])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('does not overwrite a file that it did not write', () => {
    const file = join(folder, 'theirs')
    writeFileSync(file, 'DATABASE_URL=mine\n')
    expect(() => writeDevVars(file, {})).toThrow('was not written by npm start')
    expect(readFileSync(file, 'utf8')).toBe('DATABASE_URL=mine\n')
  })
})

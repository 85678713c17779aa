import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { newMigrations } from './new-migrations.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
  folders.push(folder)
  return folder
}

describe('newMigrations', () => {
  function writeMigrations(folder: string, names: string[]): string {
    mkdirSync(folder, { recursive: true })
    for (const name of names) writeFileSync(join(folder, name), 'select 1')
    return folder
  }

  test('returns the migrations that the older checkout lacks, up to the first contract migration', () => {
    const older = makeFolder()
    writeMigrations(join(older, 'sql/migrations'), ['0001_a.sql', '0002_b.contract.sql'])
    const all = ['0001_a.sql', '0002_b.contract.sql', '0003_c.sql', '0004_d.sql', '0005_e.contract.sql', '0006_f.sql']
    expect(newMigrations(older, writeMigrations(makeFolder(), all))).toEqual(['0003_c.sql', '0004_d.sql'])
    expect(newMigrations(older, writeMigrations(makeFolder(), all.slice(0, 2)))).toEqual([])
  })
})

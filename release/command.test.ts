import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tellWorkflow } from './command.ts'

test('a workflow is told in the file that it names, and nobody by hand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
  const GITHUB_OUTPUT = join(folder, 'output')
  try {
    tellWorkflow('version', 'new', { GITHUB_OUTPUT })
    tellWorkflow('other', '1', { GITHUB_OUTPUT })
    tellWorkflow('version', 'unheard', {})
    expect(readFileSync(GITHUB_OUTPUT, 'utf8')).toBe('version=new\nother=1\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

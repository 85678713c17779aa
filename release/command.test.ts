import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { setStepOutput } from './command.ts'

test('outputs of a step are written to the file that the workflow names, and nowhere by hand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
  const GITHUB_OUTPUT = join(folder, 'output')
  try {
    setStepOutput('version', 'new', { GITHUB_OUTPUT })
    setStepOutput('figures', '| a |\n| b |', { GITHUB_OUTPUT })
    setStepOutput('version', 'unheard', {})
    expect(readFileSync(GITHUB_OUTPUT, 'utf8')).toMatch(
      /^version<<(end-[\w-]+)\nnew\n\1\nfigures<<(end-[\w-]+)\n\| a \|\n\| b \|\n\2\n$/,
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

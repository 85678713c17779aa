// `npm test`: runs every vitest project and prints the totals as the last line. Arguments are passed to vitest:
// `npm test -- --project node`.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Totals } from './harness/totals-reporter.ts'

const ROOT = join(import.meta.dirname, '..')

const folder = mkdtempSync(join(tmpdir(), 'cruddur-totals-'))
const file = join(folder, 'totals.json')
const args = [
  join(ROOT, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  `--reporter=${join(ROOT, 'tests/harness/totals-reporter.ts')}`,
  ...process.argv.slice(2),
]
const child = spawn(process.execPath, args, {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, CRUDDUR_TOTALS: file },
})
// Ctrl-C reaches vitest as well, which stops its servers; wait for it.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
const code = await new Promise<number>((resolve) => {
  child.once('error', () => resolve(1))
  child.once('close', (status) => resolve(status ?? 1))
})

const { passed, failed } = readTotals()
rmSync(folder, { recursive: true, force: true })
process.exitCode = code !== 0 || failed > 0 || passed === 0 ? 1 : 0
process.stdout.write(`${passed} passed, ${failed} failed\n`)

/** Reads the totals that vitest wrote; a run that exits with an error counts at least one failure. */
function readTotals(): Totals {
  try {
    const totals = JSON.parse(readFileSync(file, 'utf8')) as Totals
    const noTests = totals.passed + totals.failed === 0
    return code !== 0 && !noTests ? { ...totals, failed: Math.max(totals.failed, 1) } : totals
  } catch {
    return { passed: 0, failed: 1 }
  }
}

// What `npm test` runs: every project of vitest, and as the very last line the totals of all of them. Arguments go on
// to vitest: `npm test -- --project node`.
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
// A Ctrl-C in the terminal reaches vitest as well, which stops what it has started; we wait for it.
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

/** The totals that vitest wrote; a run that ended badly counts as a failure even where no test failed. */
function readTotals(): Totals {
  try {
    const totals = JSON.parse(readFileSync(file, 'utf8')) as Totals
    const noTests = totals.passed + totals.failed === 0
    return code !== 0 && !noTests ? { ...totals, failed: Math.max(totals.failed, 1) } : totals
  } catch {
    return { passed: 0, failed: 1 }
  }
}

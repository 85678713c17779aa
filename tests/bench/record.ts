import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../local/settings.ts'

const FILE = join(ROOT, 'docs/performance.md')

/**
 * Writes a text into docs/performance.md, between `<!-- bench: name -->` and the next `<!-- end -->`.
 * @throws Error if these comments are missing.
 */
export function record(name: string, text: string): void {
  const before = readFileSync(FILE, 'utf8')
  const opening = `<!-- bench: ${name} -->`
  const from = before.indexOf(opening)
  const until = before.indexOf('<!-- end -->', from)
  if (from < 0 || until < 0) throw new Error(`docs/performance.md has no comments for ${name}`)
  writeFileSync(FILE, `${before.slice(0, from + opening.length)}\n\n${text}\n\n${before.slice(until)}`)
}

/** Date, machine and mode of a run. */
export function writeRun({ quick }: { quick: boolean }): string {
  const [cpu] = cpus()
  const gib = Math.round(totalmem() / 2 ** 30)
  const day = new Date().toISOString().slice(0, 10)
  const machine = `${cpus().length} cores of ${cpu?.model ?? 'an unknown kind'}, ${gib} GiB, Node ${process.versions.node}`
  const [load = 0] = loadavg()
  return `${day}, ${quick ? 'a quick run' : 'a full run'}: ${machine}; ${load.toFixed(1)} processes wanted to run at its end.`
}

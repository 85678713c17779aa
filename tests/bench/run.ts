// `npm run bench`: runs the named sections, or all. --record writes the tables into docs/performance.md; --against COMMIT
// measures that commit alternately with this one; --summary FILE appends budgets and tables to a file. Exits with 1 if a
// budget is missed.
import { appendFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { setStepOutput } from '../../release/command.ts'
import { Bench } from './bench.ts'
import { record, writeRun } from './record.ts'
import { isMet, type Report, writeBudgets, writeSummary, writeTables } from './report.ts'
import { chooseSections } from './section-list.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    against: { type: 'string' },
    summary: { type: 'string' },
  },
})

const startedAt = performance.now()
const seconds = () => Math.round((performance.now() - startedAt) / 1000)
const bench = new Bench(values)
const reports: Report[] = []
try {
  for (const { name, run, comparesCommits = false } of chooseSections(positionals, values)) {
    if (values.against !== undefined && !comparesCommits) console.log(`\n(${name} measures this checkout alone.)`)
    const report = await run(bench)
    reports.push(report)
    const tables = writeTables(report)
    console.log(`\n${tables}\n\n(${name}: after ${seconds()} s)`)
    if (values.record) record(name, tables)
  }
} finally {
  await bench.close()
}
const budgets = reports.flatMap((report) => report.budgets ?? [])
if (budgets.length > 0) console.log(`\n${writeBudgets(budgets)}\n`)
// Only a run of all sections has all budgets.
if (values.record && positionals.length === 0) {
  record('run', writeRun(values))
  record('budgets', writeBudgets(budgets))
}
// Shown in a comment on the pull request.
const summary = writeSummary(reports)
setStepOutput('figures', summary)
if (values.summary) appendFileSync(values.summary, `${summary}\n`)
process.exit(budgets.every(isMet) ? 0 : 1)

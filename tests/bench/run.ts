// What `npm run bench` runs: the sections that are named, or all. --record writes the tables into docs/performance.md as
// well; --against COMMIT measures that commit in turns with this one; --summary FILE appends budgets and tables to a file. It ends with 1 if a budget is
// missed.
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
// The budgets of some sections are no record of all.
if (values.record && positionals.length === 0) {
  record('run', writeRun(values))
  record('budgets', writeBudgets(budgets))
}
// For the comment of a pull request.
const summary = writeSummary(reports)
setStepOutput('figures', summary)
if (values.summary) appendFileSync(values.summary, `${summary}\n`)
process.exit(budgets.every(isMet) ? 0 : 1)

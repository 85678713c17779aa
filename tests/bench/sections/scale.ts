import { loadavg } from 'node:os'
import type { Bench } from '../bench.ts'
import { median, percentile } from '../median.ts'
import { type Budget, type Report, type Table, writeNumber } from '../report.ts'
import { type Sampled, sampleReads } from '../scale-measure.ts'
import { openScaleSites, type ScaleSites, SIZES } from '../scale-sites.ts'
import { EXPIRED, type SweepTimes, sampleSweep } from '../scale-sweep.ts'

const SAMPLES = { quick: 10, full: 40 }
const MAX_RATIO = 1.3

/** Times of reads with a million live cruds, against ten thousand, and during a large sweep. */
export async function scale(bench: Bench): Promise<Report> {
  const sites = await openScaleSites(bench)
  try {
    for (const { name } of [sites.small, sites.large]) await sites.workerd.runCron(name)
    const sampled = await sampleReads(sites, bench.quick ? SAMPLES.quick : SAMPLES.full)
    const swept = await sampleSweep(sites)
    return {
      tables: [toTable(sampled, sites), toSweepTable(swept)],
      budgets: [...toBudgets(sampled), toSweepBudget(swept)],
    }
  } finally {
    await sites.close()
  }
}

const ratioOf = ({ small, large }: Sampled): number => median(large) / median(small)

function toTable(sampled: Sampled[], { small, large }: ScaleSites): Table {
  return {
    title: `Reads with ${SIZES.large.cruds.toLocaleString('en')} live cruds against ${SIZES.small.cruds.toLocaleString('en')}: ms at the database`,
    columns: ['read', 'reader', 'items', 'small, p50', 'p95', 'large, p50', 'p95', 'ratio', ''],
    rows: sampled.map((each) => [
      ...[each.read.name, each.read.as, writeItems(each)],
      ...[median(each.small), percentile(each.small, 95), median(each.large), percentile(each.large, 95)],
      ratioOf(each),
      ratioOf(each) > MAX_RATIO ? 'over' : '',
    ]),
    notes: [
      `The sites were filled in ${writeNumber(small.seconds)} s and ${writeNumber(large.seconds)} s.`,
      `${writeNumber(loadavg()[0] ?? Number.NaN)} processes wanted to run at the end.`,
    ],
  }
}

function writeItems({ items: { small, large } }: Sampled): string {
  return small === large ? `${small ?? ''}` : `${small}, ${large}`
}

function toBudgets(sampled: Sampled[]): Budget[] {
  return ['home', 'profile', 'thread', 'search'].map((name) => ({
    what: `${name} at 1,000,000 live cruds against 10,000`,
    bound: MAX_RATIO,
    measured: Math.max(...sampled.filter(({ read }) => read.budget === name).map(ratioOf)),
    unit: '×',
  }))
}

function toSweepTable({ before, during, seconds }: SweepTimes): Table {
  const row = (when: string, times: number[]) => [when, times.length, median(times), percentile(times, 95)]
  return {
    title: `Reads while the cron sweeps ${EXPIRED.toLocaleString('en')} ended cruds in ${seconds.toFixed(0)} s: ms until answered`,
    columns: ['when', 'reads', 'p50', 'p95'],
    rows: [row('before', before), row('meanwhile', during)],
  }
}

const toSweepBudget = ({ before, during }: SweepTimes): Budget => ({
  what: 'p95 of reads while 100,000 rows are swept, against before',
  bound: 1.5,
  measured: percentile(during, 95) / percentile(before, 95),
  unit: '×',
})

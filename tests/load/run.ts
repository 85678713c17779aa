// What `npm run load` runs: two minutes of a mixed load on the built site, a burst of ten times as many at once, and then
// whether every write that was acknowledged is in the database, and none that was refused. It ends with 1 if anything is
// not as promised (docs/performance.md tells what is). --seconds shortens the two minutes; --record writes the tables down.
import { parseArgs } from 'node:util'
import { build } from '../bench/build.ts'
import { peakMiB } from '../bench/processes.ts'
import { record, writeRun } from '../bench/record.ts'
import { type Table, writeTables } from '../bench/report.ts'
import { openStack } from '../bench/stack.ts'
import { startMeasuredWorkerd } from '../bench/workerd.ts'
import { factsIn, miscounted } from './found.ts'
import { Heaps, heldIn, LEAST_COLLECTIONS, MOST_GROWTH, TRACE } from './heap.ts'
import { layLanes } from './lanes.ts'
import { Ledger } from './ledger.ts'
import { Tally } from './tally.ts'
import { after, Traffic } from './traffic.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '120' }, record: { type: 'boolean', default: false } },
})
const SECONDS = Number(values.seconds)
const BURST_SECONDS = 5
/** After a burst it must be well again in so many seconds; it is watched for as long once more. */
const RECOVERY_SECONDS = 5

const closers: (() => Promise<void>)[] = []
try {
  const built = await build()
  closers.push(built.remove)
  const stack = await openStack()
  closers.push(stack.close)
  const heaps = new Heaps()
  process.env.MINIFLARE_WORKERD_V8_FLAGS = TRACE
  const workerd = await startMeasuredWorkerd([{ name: 'cruddur', ...built.site, settings: stack.settings }], {
    onLog: ({ level, message }) => {
      heaps.hear(message)
      if (level === 'error' && !message.includes('"overloaded"')) console.error(message)
    },
  })
  closers.push(workerd.close)
  const lanes = await layLanes(stack, await workerd.urlOf('cruddur'))
  const first = lanes.flatMap((all) => all.slice(0, 1))
  const others = lanes.flatMap((all) => all.slice(1))
  const [tally, ledger] = [new Tally(), new Ledger()]
  const traffic = new Traffic(tally, ledger)

  console.log(`${first.length} lanes for ${SECONDS} s …`)
  await traffic.run(first, after(SECONDS))
  const { held } = heaps

  console.log(`${lanes.flat().length} lanes for ${BURST_SECONDS} s, then ${first.length} again …`)
  tally.phase = 'burst'
  const calm = traffic.run(first, after(BURST_SECONDS + 2 * RECOVERY_SECONDS))
  await traffic.run(others, after(BURST_SECONDS))
  const burstEnded = performance.now()
  tally.phase = 'after'
  await calm
  const recovery = Math.max(0, ((tally.last5xx ?? 0) - burstEnded) / 1000)

  const handles = [...new Set(first.flatMap(({ handle }) => handle ?? []))]
  const differences = ledger.compare(await factsIn(stack.url, handles))
  const wrongCounts = await miscounted(stack.url)
  const { before, after: left } = heldIn(held)
  const mostLeft = before * (1 + MOST_GROWTH)

  const problems = [
    ...[...tally.wrong].map(([what, times]) => `${what} (${times} times)`),
    ...(tally.of('burst', 503) > 0 ? [] : ['the burst was not shed']),
    ...(recovery <= RECOVERY_SECONDS ? [] : [`a 5xx came ${recovery.toFixed(1)} s after the burst`]),
    ...(left > mostLeft ? ['memory has grown'] : []),
    ...(held.length < LEAST_COLLECTIONS ? ['too few collections of garbage to tell of memory'] : []),
    ...differences.map((one) => `in the database: ${JSON.stringify(one)}`),
    ...(wrongCounts === 0 ? [] : [`${wrongCounts} stored counts are wrong`]),
  ]
  const { acknowledged, refused, unknown } = ledger.counts
  const summary: Table = {
    title: 'Memory, the burst, and the ledger',
    columns: ['what', 'measured', 'allowed'],
    rows: [
      ['the Worker’s heap after its garbage was collected, first half, MB', before, null],
      ['the same, second half', left, mostLeft],
      ['full collections of garbage', held.length, null],
      ['most memory of workerd at once, MiB', peakMiB(workerd.pid), null],
      ['answers of 503 in the burst', tally.of('burst', 503), null],
      ['the last of them after its end, s', recovery, RECOVERY_SECONDS],
      ['writes acknowledged', acknowledged, null],
      ['writes refused', refused, null],
      ['writes without an answer that tells', unknown, null],
      ['differences between these and the database', differences.length, 0],
      ['stored counts that are wrong', wrongCounts, 0],
    ],
  }
  const tables = writeTables({ tables: [...tally.tables, summary] })
  console.log(`\n${tables}\n`)
  for (const problem of problems.slice(0, 20)) console.error(`NOT AS PROMISED: ${problem}`)
  if (values.record) record('load', `${writeRun({ quick: SECONDS < 120 })}\n\n${tables}`)
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  for (const close of closers.reverse()) await close()
}
process.exit()

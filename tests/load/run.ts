// `npm run load`: two minutes of mixed load on the built site, then a burst of ten times as many virtual users, then a check
// that the database has every acknowledged write and no refused one. Exits with 1 if a promise in docs/performance.md is
// broken. --seconds shortens the two minutes; --record writes the tables into docs/performance.md.
import { parseArgs } from 'node:util'
import { build } from '../bench/build.ts'
import { peakMiB } from '../bench/processes.ts'
import { record, writeRun } from '../bench/record.ts'
import { type Table, writeTables } from '../bench/report.ts'
import { openStack } from '../bench/stack.ts'
import { startMeasuredWorkerd } from '../bench/workerd.ts'
import { AnswerCounts } from './answer-counts.ts'
import { countWrongCounts, readFacts } from './database-facts.ts'
import { HeapLog, halvesOf, MAX_GROWTH, MIN_COLLECTIONS, TRACE_FLAGS } from './heap-log.ts'
import { Ledger } from './ledger.ts'
import { OpenTabs } from './open-tabs.ts'
import { stopAfter, Traffic } from './traffic.ts'
import { openVirtualUsers } from './virtual-users.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '120' }, record: { type: 'boolean', default: false } },
})
const SECONDS = Number(values.seconds)
const BURST_SECONDS = 5
/** After a burst no 5xx may come later than this; the load continues for twice as long. */
const RECOVERY_SECONDS = 5

const closers: (() => Promise<void>)[] = []
try {
  const built = await build()
  closers.push(built.remove)
  const stack = await openStack()
  closers.push(stack.close)
  const heapLog = new HeapLog()
  process.env.MINIFLARE_WORKERD_V8_FLAGS = TRACE_FLAGS
  const workerd = await startMeasuredWorkerd([{ name: 'cruddur', ...built.site, settings: stack.settings }], {
    onLog: ({ level, message }) => {
      heapLog.read(message)
      if (level === 'error' && !message.includes('"overloaded"')) console.error(message)
    },
  })
  closers.push(workerd.close)
  const virtualUsers = await openVirtualUsers(stack, await workerd.urlOf('cruddur'))
  const first = virtualUsers.flatMap((all) => all.slice(0, 1))
  const additional = virtualUsers.flatMap((all) => all.slice(1))
  const [answerCounts, ledger] = [new AnswerCounts(), new Ledger()]
  const traffic = new Traffic(answerCounts, ledger)
  const tabs = new OpenTabs()
  await tabs.open(first)

  console.log(`${first.length} virtual users with ${tabs.size} open tabs for ${SECONDS} s …`)
  await traffic.run(first, stopAfter(SECONDS))
  const { sizes } = heapLog

  console.log(`${virtualUsers.flat().length} virtual users for ${BURST_SECONDS} s, then ${first.length} again …`)
  answerCounts.phase = 'burst'
  const continuedLoad = traffic.run(first, stopAfter(BURST_SECONDS + 2 * RECOVERY_SECONDS))
  await traffic.run(additional, stopAfter(BURST_SECONDS))
  const burstEnded = performance.now()
  answerCounts.phase = 'after'
  await continuedLoad
  const recovery = Math.max(0, ((answerCounts.last5xx ?? 0) - burstEnded) / 1000)

  const acknowledgedMessages = virtualUsers.flat().reduce((sum, { messages }) => sum + messages, 0)
  const missingNudges = await tabs.missingNudges(acknowledgedMessages)

  const handles = [...new Set(first.flatMap(({ handle }) => handle ?? []))]
  const differences = ledger.compare(await readFacts(stack.url, handles))
  const wrongCounts = await countWrongCounts(stack.url)
  const { before: earlierSize, after: laterSize } = halvesOf(sizes)
  const maxSize = earlierSize * (1 + MAX_GROWTH)

  const problems = [
    ...[...answerCounts.unexpected].map(([what, times]) => `${what} (${times} times)`),
    ...(answerCounts.countOf('burst', 503) > 0 ? [] : ['no request of the burst was shed']),
    ...(recovery <= RECOVERY_SECONDS ? [] : [`a 5xx came ${recovery.toFixed(1)} s after the burst`]),
    ...(laterSize > maxSize ? ['memory has grown'] : []),
    ...(sizes.length < MIN_COLLECTIONS ? ['too few garbage collections to judge memory'] : []),
    ...(missingNudges === 0 ? [] : [`${missingNudges} nudges about messages did not come`]),
    ...(tabs.closed === 0 ? [] : [`${tabs.closed} sockets were closed`]),
    ...differences.map((one) => `in the database: ${JSON.stringify(one)}`),
    ...(wrongCounts === 0 ? [] : [`${wrongCounts} stored counts are wrong`]),
  ]
  const { acknowledged, refused, unknown } = ledger.counts
  const summary: Table = {
    title: 'Memory, burst and ledger',
    columns: ['what', 'measured', 'allowed'],
    rows: [
      ['the Worker’s heap after garbage collection, first half, MB', earlierSize, null],
      ['the same, second half', laterSize, maxSize],
      ['full garbage collections', sizes.length, null],
      ['peak memory of workerd, MiB', peakMiB(workerd.pid), null],
      ['answers of 503 in the burst', answerCounts.countOf('burst', 503), null],
      ['last 5xx after the burst, s', recovery, RECOVERY_SECONDS],
      ['sockets of open tabs', tabs.size, null],
      ['of these closed by the server', tabs.closed, 0],
      ['nudges about messages', tabs.nudges, null],
      ['of these missing', missingNudges, 0],
      ['writes acknowledged', acknowledged, null],
      ['writes refused', refused, null],
      ['writes with an unknown outcome', unknown, null],
      ['differences between writes and database', differences.length, 0],
      ['wrong stored counts', wrongCounts, 0],
    ],
  }
  const tables = writeTables({ tables: [...answerCounts.tables, summary] })
  console.log(`\n${tables}\n`)
  for (const problem of problems.slice(0, 20)) console.error(`BROKEN PROMISE: ${problem}`)
  if (values.record) record('load', `${writeRun({ quick: SECONDS < 120 })}\n\n${tables}`)
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  for (const close of closers.reverse()) await close()
}
process.exit()

import type pg from 'pg'
import { type Read, readsOf } from './scale-reads.ts'
import type { ScaleSites } from './scale-sites.ts'

/** Times of reads in ms since each was due, before and during the sweep; and the duration of the sweep in s. */
export type SweepTimes = { before: number[]; during: number[]; seconds: number }

export const EXPIRED = 100_000
const READS_PER_SECOND = 20
/** The update that sets the expiries takes part of this time; the reads before the sweep run in the rest. */
const SECONDS_UNTIL_EXPIRY = 60
const MIN_SECONDS_BEFORE = 15

/** Keeps the order of expiry, with a microsecond between two activities, and the last one at the given time. */
const EXPIRE_SOONEST = `
  update activities
  set expires_at = least(expires_at, $2::timestamptz - left_after * interval '1 microsecond')
  from (
    select uuid, $1 - row_number() over (order by expires_at, uuid desc) as left_after
    from activities
    order by expires_at, uuid desc
    limit $1::bigint
  ) soonest
  where soonest.uuid = activities.uuid`

/** Whether any activity is left that expired by the given time; later ones do not count. */
const IS_LEFT = 'select exists (select from activities where expires_at <= $1) as is_left'

/**
 * Reads at a steady rate: first until many activities expire, all at one time set beforehand, since an expiry itself writes
 * nothing; then until the cron job has swept them.
 */
export async function sampleSweep({ large, workerd }: ScaleSites): Promise<SweepTimes> {
  const reads = (await readsOf(large.client)).filter(({ budget }) => budget !== undefined)
  const ask = async ({ as, path }: Read) => {
    const { status } = await large.readers[as].get(path)
    if (status !== 200) throw new Error(`${path} was answered by ${status} while cruds were swept.`)
  }
  const end = Date.now() + SECONDS_UNTIL_EXPIRY * 1000
  await expireSoonest(large.client, new Date(end))
  const left = end - Date.now()
  if (left < MIN_SECONDS_BEFORE * 1000) throw new Error(`Too slow: the expiries were set only ${left} ms ahead.`)
  const before = await readSteadily(reads, ask, new Promise((resolve) => setTimeout(resolve, left)))
  const isLeft = async () => (await large.client.query(IS_LEFT, [new Date(end)])).rows[0].is_left
  const startedAt = performance.now()
  const sweep = async () => {
    do await workerd.runCron('large')
    while (await isLeft())
  }
  const during = await readSteadily(reads, ask, sweep())
  return { before, during, seconds: (performance.now() - startedAt) / 1000 }
}

/** Skips the index of words, which would take most of the update’s time: expired activities are not found by search. */
async function expireSoonest(client: pg.Client, end: Date): Promise<void> {
  const index = `update pg_index set indisready = $1 where indexrelid = 'activities__by_sliced_word'::regclass`
  await client.query(index, [false])
  await client.query(EXPIRE_SOONEST, [EXPIRED, end])
  await client.query(index, [true])
}

/** Starts reads at a fixed rate, however long each takes, until `done` settles. */
async function readSteadily(
  reads: Read[],
  ask: (read: Read) => Promise<void>,
  done: Promise<unknown>,
): Promise<number[]> {
  let isDone = false
  const ending = done.finally(() => {
    isDone = true
  })
  const times: number[] = []
  const pending: Promise<void>[] = []
  const startedAt = performance.now()
  for (let count = 0; !isDone; count += 1) {
    const due = startedAt + (count * 1000) / READS_PER_SECOND
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    const read = reads[count % reads.length] as Read
    pending.push(ask(read).then(() => void times.push(performance.now() - due)))
  }
  await Promise.all([ending, ...pending])
  return times
}

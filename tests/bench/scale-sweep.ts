import type pg from 'pg'
import { type Read, readsOf } from './scale-reads.ts'
import type { ScaleSites } from './scale-sites.ts'

/** What reads took, in ms from when each was due, before and while much was swept; and what the sweep took, in s. */
export type Swept = { before: number[]; during: number[]; seconds: number }

export const ENDED = 100_000
const READS_A_SECOND = 20
/** The update takes a part of it; the reads before have what is left. */
const SECONDS_UNTIL_END = 60
const LEAST_SECONDS_BEFORE = 15

/** In the order in which they would have ended, a microsecond after one another, the last one at a given time. */
const END_SOONEST = `
  update activities
  set expires_at = least(expires_at, $2::timestamptz - left_after * interval '1 microsecond')
  from (
    select uuid, $1 - row_number() over (order by expires_at, uuid desc) as left_after
    from activities
    order by expires_at, uuid desc
    limit $1::bigint
  ) soonest
  where soonest.uuid = activities.uuid`

/** Whether anything is left that had ended at a time; what has ended since is for later. */
const IS_LEFT = 'select exists (select from activities where expires_at <= $1) as is_left'

/**
 * Reads go on steadily: until what ends soonest has ended, all at one time that is set beforehand, as nothing is written when
 * cruds end; and then until the cron has swept that.
 */
export async function sampleSweep({ large, workerd }: ScaleSites): Promise<Swept> {
  const reads = (await readsOf(large.client)).filter(({ budget }) => budget !== undefined)
  const ask = async ({ as, path }: Read) => {
    const { status } = await large.readers[as].get(path)
    if (status !== 200) throw new Error(`${path} was answered by ${status} while cruds were swept.`)
  }
  const end = Date.now() + SECONDS_UNTIL_END * 1000
  await endSoonest(large.client, new Date(end))
  const left = end - Date.now()
  if (left < LEAST_SECONDS_BEFORE * 1000) throw new Error(`Too slow: the ends were set ${left} ms before they came.`)
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

/** What ends is not found by its words: that index, which takes most of such an update, is not written for it. */
async function endSoonest(client: pg.Client, end: Date): Promise<void> {
  const index = `update pg_index set indisready = $1 where indexrelid = 'activities__by_sliced_word'::regclass`
  await client.query(index, [false])
  await client.query(END_SOONEST, [ENDED, end])
  await client.query(index, [true])
}

/** Reads one after the other, so many a second however long each takes, until something is done. */
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
  const underWay: Promise<void>[] = []
  const startedAt = performance.now()
  for (let count = 0; !isDone; count += 1) {
    const due = startedAt + (count * 1000) / READS_A_SECOND
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    const read = reads[count % reads.length] as Read
    underWay.push(ask(read).then(() => void times.push(performance.now() - due)))
  }
  await Promise.all([ending, ...underWay])
  return times
}

import type pg from 'pg'
import { type Read, readsOf } from './scale-reads.ts'
import type { ScaleSites } from './scale-sites.ts'

/** What reads took, in ms from when each was due, before and while much was swept; and what the sweep took, in s. */
export type Swept = { before: number[]; during: number[]; seconds: number }

export const ENDED = 100_000
const READS_A_SECOND = 20
const SECONDS_BEFORE = 15

/** In the order in which they would have ended, a millisecond after one another. */
const END_SOONEST = `
  update activities
  set expires_at = greatest(now() - left_after * interval '1 ms', created_at + interval '1 microsecond')
  from (
    select uuid, $1 - row_number() over (order by expires_at, uuid desc) as left_after
    from activities
    order by expires_at, uuid desc
    limit $1::bigint
  ) soonest
  where soonest.uuid = activities.uuid and expires_at > now()`

/** Whether anything is left that had ended at a time; what has ended since is for later. */
const IS_LEFT = 'select exists (select from activities where expires_at <= $1) as is_left'

/** Lets what ends soonest end at once, and runs the cron until it is gone, while people go on reading. */
export async function sampleSweep({ large, workerd }: ScaleSites): Promise<Swept> {
  const reads = (await readsOf(large.client)).filter(({ budget }) => budget !== undefined)
  const ask = async ({ as, path }: Read) => {
    const { status } = await large.readers[as].get(path)
    if (status !== 200) throw new Error(`${path} was answered by ${status} while cruds were swept.`)
  }
  const before = await readSteadily(reads, ask, new Promise((resolve) => setTimeout(resolve, SECONDS_BEFORE * 1000)))
  await endSoonest(large.client)
  const { rows } = await large.client.query('select now()::text as then')
  const isLeft = async () => (await large.client.query(IS_LEFT, [rows[0].then])).rows[0].is_left
  const startedAt = performance.now()
  const sweep = async () => {
    do await workerd.runCron('large')
    while (await isLeft())
  }
  const during = await readSteadily(reads, ask, sweep())
  return { before, during, seconds: (performance.now() - startedAt) / 1000 }
}

/** What has ended is not found by its words: that index, which takes most of such an update, is not written for it. */
async function endSoonest(client: pg.Client): Promise<void> {
  const index = `update pg_index set indisready = $1 where indexrelid = 'activities__by_sliced_word'::regclass`
  await client.query(index, [false])
  await client.query(END_SOONEST, [ENDED])
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

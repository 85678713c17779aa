import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Parameters, Query } from '../../worker/db/query.ts'
import { makeDatabase } from '../harness/database.ts'
import { type Asked, casesOf, type Known, known } from '../plan-cases.ts'
import { fill } from '../plenty.ts'

// With plenty of rows, every statement reads by index: asserted by its plan and by what it touched, never by time.

const ROOT = join(import.meta.dirname, '../..')
/** Tables that grow with the site, and are never read from one end to the other. */
const LARGE = new Set([
  ...['activities', 'feed_items', 'likes', 'reposts', 'notifications', 'messages', 'activity_tags', 'users', 'follows'],
  ...['mentions', 'message_groups', 'message_group_members', 'idempotency_keys', 'sessions'],
])
/**
 * Rows that one read may touch, of the half million there are. A page is 21 items; each costs its crud, its author, its
 * counts and flags, and what stands in between that has ended.
 */
const MOST_ROWS = 4_000

/** Statements that may do more than that, and why: read a table from its beginning, touch more rows. */
const EXCEPTIONS: Record<string, { mayScan?: boolean; most?: number; why: string }> = {
  rank: { mayScan: true, most: 200_000, why: 'the cron’s: what is talked about is a question about 50,000 tags' },
  expiredActivities: { most: 20_000, why: 'the cron’s: a batch of 250, with all that hangs on each' },
}

type AnyQuery = Query<Parameters, unknown>
type PlanNode = { 'Node Type': string; 'Relation Name'?: string; 'Sort Key'?: string[]; Plans?: PlanNode[] }

async function declared(): Promise<[string, AnyQuery][]> {
  const models = readdirSync(join(ROOT, 'worker/models')).filter((name) => /^[a-z-]+\.ts$/.test(name))
  const files = [...models.map((name) => join(ROOT, 'worker/models', name)), join(ROOT, 'worker/db/client.ts')]
  const modules = await Promise.all(files.map((file) => import(file)))
  return modules.flatMap((exports) =>
    Object.entries(exports as Record<string, AnyQuery>).filter(([, value]) => value?.text && value.params && value.row),
  )
}
const queries = await declared()

let client: pg.Client
let rows: Known
beforeAll(async () => {
  client = new pg.Client({ connectionString: (await makeDatabase()).url })
  await client.connect()
  await fill(client)
  rows = await known(client)
}, 180_000)
afterAll(() => client?.end())

function* nodesOf(plan: PlanNode): Iterable<PlanNode> {
  yield plan
  for (const below of plan.Plans ?? []) yield* nodesOf(below)
}

/** Large tables that a statement's plan reads from one end to the other, whether or not that part of it runs. */
async function planned({ text, values }: Asked): Promise<string[]> {
  const { rows: answer } = await client.query({ text: `explain (format json) ${text}`, values })
  const [{ Plan }] = answer[0]['QUERY PLAN']
  const whole = [...nodesOf(Plan)].filter((node) => node['Node Type'] === 'Seq Scan')
  return whole.map((node) => node['Relation Name'] ?? '').filter((name) => LARGE.has(name))
}

/** How often each table was read from one end to the other, and how many of its rows were touched, so far. */
async function readings(): Promise<{ name: string; scans: number; tuples: number }[]> {
  const { rows: stats } = await client.query(
    `select relname as name, seq_scan::integer as scans, (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as tuples
     from pg_stat_xact_user_tables`,
  )
  return stats
}

/** What running it touched: functions and triggers too, which a plan does not show. */
async function measured({ text, values }: Pick<Asked, 'text' | 'values'>): Promise<{ whole: string[]; count: number }> {
  const start = await readings()
  await client.query({ text, values })
  const end = await readings()
  const grown = end.map(({ name, scans, tuples }) => {
    const was = start.find((table) => table.name === name)
    return { name, scans: scans - (was?.scans ?? 0), tuples: tuples - (was?.tuples ?? 0) }
  })
  const whole = grown.filter(({ name, scans }) => LARGE.has(name) && scans > 0).map(({ name }) => name)
  return { whole, count: grown.reduce((sum, { tuples }) => sum + tuples, 0) }
}

/** Of what is written meanwhile nothing stays. */
async function inVain<T>(look: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    return await look()
  } finally {
    await client.query('rollback')
  }
}

const touched = (asked: Asked) =>
  inVain(async () => {
    for (const [setting, value] of asked.before ?? [])
      await client.query('select set_config($1, $2, true)', [setting, value])
    return measured(asked)
  })

describe.each(queries)('%s', (name, query) => {
  test('reads by index, and no more than a page needs', async () => {
    const cases = casesOf(name, query, rows)
    expect(cases.length).toBeGreaterThan(0)
    const faults: string[] = []
    for (const asked of cases) {
      const plan = await planned(asked)
      const { whole, count } = await touched(asked)
      const { mayScan = false, most = MOST_ROWS } = EXCEPTIONS[name] ?? {}
      if (!mayScan && plan.length > 0) faults.push(`${asked.label}: the plan reads all of ${plan}`)
      if (!mayScan && whole.length > 0) faults.push(`${asked.label}: it read all of ${whole}`)
      if (count > most) faults.push(`${asked.label}: it touched ${count} rows`)
    }
    expect(faults).toEqual([])
  })
})

test('what is unread of somebody who has thousands is walked, newest first, and never sorted', async () => {
  const { countUnread } = Object.fromEntries(queries)
  if (!countUnread) throw new Error('There is no such query.')
  const values = ['sub-1', Math.floor(Date.now() / 1000)]
  const { rows: answer } = await client.query({ text: `explain (format json) ${countUnread.text}`, values })
  const sorted = [...nodesOf(answer[0]['QUERY PLAN'][0].Plan)].flatMap((node) => node['Sort Key'] ?? [])
  expect(sorted).not.toContain('notification.uuid DESC')
})

test('home of somebody who follows thousands is gathered from the newest, also where half of that has ended', async () => {
  const { home } = Object.fromEntries(queries)
  if (!home) throw new Error('There is no such query.')
  const { count } = await inVain(async () => {
    await client.query(
      `insert into follows (follower_uuid, followed_uuid)
       select viewer.uuid, users.uuid
       from users viewer join users on users.uuid <> viewer.uuid
       where viewer.cognito_sub = 'sub-42' order by users.uuid limit 4000
       on conflict do nothing`,
    )
    await client.query(
      `update activities set expires_at = created_at + interval '1 ms'
       where uuid in (select activity_uuid from feed_items order by uuid desc limit 5000)
         and abs(hashtext(uuid::text)) % 2 = 0`,
    )
    return measured({ text: home.text, values: ['sub-42', Math.floor(Date.now() / 1000), null, null, 21] })
  })
  // Looked at one by one they touch more than 100,000 rows.
  expect(count).toBeLessThan(6_000)
})

test('there is plenty', async () => {
  const { rows: counts } = await client.query('select count(*)::integer as n from activities')
  expect(counts[0].n).toBe(100_000)
  expect(queries.length).toBeGreaterThan(50)
})

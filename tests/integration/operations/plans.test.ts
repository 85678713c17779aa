import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyFunction } from '../../../worker/db/query.ts'
import { makeDatabase } from '../../harness/database.ts'
import { fillDatabase } from '../../support/fixtures/bulk-fixtures.ts'
import { type PlanCase, planCasesOf, readSampleRows, type SampleRows } from '../../support/fixtures/plan-cases.ts'

// With plenty of rows, every statement reads by index: asserted by its plan and by what it touched, never by time.

const ROOT = join(import.meta.dirname, '../../..')
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

type PlanNode = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Sort Key'?: string[]
  Plans?: PlanNode[]
}

async function declared(): Promise<[string, AnyFunction][]> {
  const models = readdirSync(join(ROOT, 'worker/models')).filter((name) => /^[a-z-]+\.ts$/.test(name))
  const files = [...models.map((name) => join(ROOT, 'worker/models', name)), join(ROOT, 'worker/db/client.ts')]
  const modules = await Promise.all(files.map((file) => import(file)))
  return modules.flatMap((exports) =>
    Object.entries(exports as Record<string, AnyFunction>).filter(
      ([, value]) => value?.text && value.params && value.row,
    ),
  )
}
const queries = await declared()

let client: pg.Client
let rows: SampleRows
beforeAll(async () => {
  client = new pg.Client({ connectionString: (await makeDatabase()).url })
  await client.connect()
  await fillDatabase(client)
  rows = await readSampleRows(client)
  // Sends the plan of each statement as a notice, also of those that functions and triggers run.
  await client.query(`load 'auto_explain'`)
  await client.query(`
    set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on;
    set auto_explain.log_format = json;
    set log_min_messages = panic`)
}, 180_000)
afterAll(() => client?.end())

function* nodesOf(plan: PlanNode): Iterable<PlanNode> {
  yield plan
  for (const below of plan.Plans ?? []) yield* nodesOf(below)
}

/** Large tables that a plan reads from one end to the other, whether or not that part of it runs. */
function scannedBy(plans: PlanNode[]): string[] {
  const nodes = plans.flatMap((plan) => [...nodesOf(plan)])
  const names = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'] ?? '')
  return [...new Set(names)].filter((name) => LARGE.has(name))
}

/** Runs a statement; returns the plans of all statements that ran for it. A refusal of ours (CR…) is an answer, too. */
async function run({ text, values }: Pick<PlanCase, 'text' | 'values'>): Promise<PlanNode[]> {
  const plans: PlanNode[] = []
  const collect = ({ message = '' }) => {
    const [, json] = message.split(' plan:\n')
    if (json) plans.push(JSON.parse(json).Plan)
  }
  await client.query('savepoint asked')
  await client.query('set local client_min_messages = log')
  client.on('notice', collect)
  try {
    await client.query({ text, values })
    // Postgres ends a statement, and sends its plan, when the next one begins.
    await client.query('release asked')
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code?.startsWith('CR'))) throw error
    await client.query('rollback to asked')
  } finally {
    client.off('notice', collect)
  }
  return plans
}

/** How often each table was read from one end to the other, and how many of its rows were touched, so far. */
async function readings(): Promise<{ name: string; scans: number; tuples: number }[]> {
  const { rows: stats } = await client.query(
    `select relname as name, seq_scan::integer as scans, (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as tuples
     from pg_stat_xact_user_tables`,
  )
  return stats
}

/** What running it touched, in functions and triggers too. */
async function measured(asked: Pick<PlanCase, 'text' | 'values'>) {
  const start = await readings()
  const plans = await run(asked)
  const end = await readings()
  const grown = end.map(({ name, scans, tuples }) => {
    const was = start.find((table) => table.name === name)
    return { name, scans: scans - (was?.scans ?? 0), tuples: tuples - (was?.tuples ?? 0) }
  })
  const whole = grown.filter(({ name, scans }) => LARGE.has(name) && scans > 0).map(({ name }) => name)
  return { plans, whole, count: grown.reduce((sum, { tuples }) => sum + tuples, 0) }
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

/** A connection plans a function's statements for their values at first, and later once for all. */
const modesOf = ({ text }: PlanCase) =>
  text.startsWith('select * from fn_') ? ['force_custom_plan', 'force_generic_plan'] : ['auto']

const touched = (asked: PlanCase, mode: string) =>
  inVain(async () => {
    await client.query(`set local plan_cache_mode = ${mode}`)
    return measured(asked)
  })

describe.each(queries)('%s', (name, query) => {
  test('reads by index, and no more than a page needs', async () => {
    const cases = planCasesOf(name, query, rows)
    expect(cases.length).toBeGreaterThan(0)
    const faults: string[] = []
    const { mayScan = false, most = MOST_ROWS } = EXCEPTIONS[name] ?? {}
    for (const asked of cases) {
      for (const mode of modesOf(asked)) {
        const { plans, whole, count } = await touched(asked, mode)
        const planned = scannedBy(plans)
        const label = `${asked.label} (${mode})`
        expect(plans.length).toBeGreaterThan(0)
        if (!mayScan && planned.length > 0) faults.push(`${label}: the plan reads all of ${planned}`)
        if (!mayScan && whole.length > 0) faults.push(`${label}: it read all of ${whole}`)
        if (count > most) faults.push(`${label}: it touched ${count} rows`)
      }
    }
    expect(faults).toEqual([])
  })
})

test('what is unread of somebody who has thousands is walked, newest first, and never sorted', async () => {
  const { countUnread } = Object.fromEntries(queries)
  if (!countUnread) throw new Error('There is no such query.')
  const { plans, count } = await inVain(() => measured({ text: countUnread.text, values: ['sub-1'] }))
  const nodes = plans.flatMap((plan) => [...nodesOf(plan)])
  expect(nodes.map((node) => node['Index Name'])).toContain('notifications__unread')
  expect(nodes.flatMap((node) => node['Sort Key'] ?? [])).toEqual([])
  // A hundred, each with its activity; those that are read in between are not looked at.
  expect(count).toBeLessThan(400)
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
    return measured({ text: home.text, values: ['sub-42', null, null, 21] })
  })
  // Looked at one by one they touch more than 100,000 rows.
  expect(count).toBeLessThan(10_000)
})

test('there is plenty', async () => {
  const { rows: counts } = await client.query('select count(*)::integer as n from activities')
  expect(counts[0].n).toBe(100_000)
  expect(queries.length).toBeGreaterThan(50)
})

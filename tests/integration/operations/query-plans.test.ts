import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyFunction } from '../../../worker/db/query.ts'
import { makeDatabase } from '../../harness/database.ts'
import { fillDatabase } from '../../support/fixtures/bulk-fixtures.ts'
import { type PlanCase, planCasesOf, readSampleRows, type SampleRows } from '../../support/fixtures/plan-cases.ts'

// With many rows, every statement reads by index. Checked by its plan and by the rows that it touched, not by time.

const ROOT = join(import.meta.dirname, '../../..')
/** Tables that grow with the site and must not be scanned. */
const LARGE = new Set([
  ...['activities', 'feed_items', 'likes', 'reposts', 'notifications', 'messages', 'activity_tags', 'users', 'follows'],
  ...[
    'follow_requests',
    'circle_members',
    'mentions',
    'message_groups',
    'message_group_members',
    'idempotency_keys',
    'sessions',
  ],
])
/**
 * Rows that one statement may touch, of half a million. A page has 21 items; each needs its activity, author, counts
 * and flags, and skips expired ones in between.
 */
const MAX_ROWS = 4_000

/** Statements that may scan a table or touch more rows, and why. */
const EXCEPTIONS: Record<string, { mayScan?: boolean; maxRows?: number; why: string }> = {
  rank_tags: { mayScan: true, maxRows: 200_000, why: 'cron job: ranks all 50,000 tags' },
  sweep_expired_activities: { maxRows: 20_000, why: 'cron job: deletes a batch of 250 with all their rows' },
}

type PlanNode = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Sort Key'?: string[]
  Plans?: PlanNode[]
}

async function readDeclaredFunctions(): Promise<[string, AnyFunction][]> {
  const models = readdirSync(join(ROOT, 'worker/models')).filter((name) => /^[a-z-]+\.ts$/.test(name))
  const files = [...models.map((name) => join(ROOT, 'worker/models', name)), join(ROOT, 'worker/db/client.ts')]
  const modules = await Promise.all(files.map((file) => import(file)))
  return modules.flatMap((exports) =>
    Object.values(exports as Record<string, AnyFunction>)
      .filter((value) => value?.text && value.params && value.row)
      .map((value): [string, AnyFunction] => [value.name, value]),
  )
}
const queries = await readDeclaredFunctions()

function textOf(name: string): string {
  const query = new Map(queries).get(name)
  if (!query) throw new Error(`missing function ${name}`)
  return query.text
}

let client: pg.Client
let rows: SampleRows
beforeAll(async () => {
  client = new pg.Client({ connectionString: (await makeDatabase()).url })
  await client.connect()
  await fillDatabase(client)
  rows = await readSampleRows(client)
  // Sends the plan of each statement as a notice, including those within functions and triggers.
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
  for (const child of plan.Plans ?? []) yield* nodesOf(child)
}

/** Large tables with a sequential scan in a plan, whether or not that node runs. */
function scannedTables(plans: PlanNode[]): string[] {
  const nodes = plans.flatMap((plan) => [...nodesOf(plan)])
  const names = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'] ?? '')
  return [...new Set(names)].filter((name) => LARGE.has(name))
}

/** Runs a statement; returns the plans of all statements that it ran. Our own errors (CR…) count as a result. */
async function run({ text, values }: Pick<PlanCase, 'text' | 'values'>): Promise<PlanNode[]> {
  const plans: PlanNode[] = []
  const collect = ({ message = '' }) => {
    const [, json] = message.split(' plan:\n')
    if (json) plans.push(JSON.parse(json).Plan)
  }
  await client.query('savepoint before_statement')
  await client.query('set local client_min_messages = log')
  client.on('notice', collect)
  try {
    await client.query({ text, values })
    // Postgres sends the plan of a statement when the next one begins.
    await client.query('release before_statement')
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code?.startsWith('CR'))) throw error
    await client.query('rollback to before_statement')
  } finally {
    client.off('notice', collect)
  }
  return plans
}

/** Sequential scans and touched rows of each table so far. */
async function readTableStats(): Promise<{ name: string; scans: number; tuples: number }[]> {
  const { rows: stats } = await client.query(
    `select relname as name, seq_scan::integer as scans, (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as tuples
     from pg_stat_xact_user_tables`,
  )
  return stats
}

/** Runs a statement; returns its plans, the large tables that it scanned and the number of rows that it touched. */
async function measure(planCase: Pick<PlanCase, 'text' | 'values'>) {
  const start = await readTableStats()
  const plans = await run(planCase)
  const end = await readTableStats()
  const growth = end.map(({ name, scans, tuples }) => {
    const before = start.find((table) => table.name === name)
    return { name, scans: scans - (before?.scans ?? 0), tuples: tuples - (before?.tuples ?? 0) }
  })
  const scanned = growth.filter(({ name, scans }) => LARGE.has(name) && scans > 0).map(({ name }) => name)
  return { plans, scanned: scanned, count: growth.reduce((sum, { tuples }) => sum + tuples, 0) }
}

/** Runs `act` in a transaction that is rolled back. */
async function rolledBack<T>(act: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    return await act()
  } finally {
    await client.query('rollback')
  }
}

/** A connection plans a function's statements with their values at first, and generically later. */
const modesOf = ({ text }: PlanCase) =>
  text.startsWith('select * from fn_') ? ['force_custom_plan', 'force_generic_plan'] : ['auto']

const measureInMode = (planCase: PlanCase, mode: string) =>
  rolledBack(async () => {
    await client.query(`set local plan_cache_mode = ${mode}`)
    return measure(planCase)
  })

describe.each(queries)('%s', (name, query) => {
  test('reads by index, and touches no more rows than a page needs', async () => {
    const cases = planCasesOf(query, rows)
    expect(cases.length).toBeGreaterThan(0)
    const problems: string[] = []
    const { mayScan = false, maxRows = MAX_ROWS } = EXCEPTIONS[name] ?? {}
    for (const planCase of cases) {
      for (const mode of modesOf(planCase)) {
        const { plans, scanned, count } = await measureInMode(planCase, mode)
        const scannedInPlan = scannedTables(plans)
        const label = `${planCase.label} (${mode})`
        expect(plans.length).toBeGreaterThan(0)
        if (!mayScan && scannedInPlan.length > 0) problems.push(`${label}: the plan scans ${scannedInPlan}`)
        if (!mayScan && scanned.length > 0) problems.push(`${label}: scanned ${scanned}`)
        if (count > maxRows) problems.push(`${label}: touched ${count} rows`)
      }
    }
    expect(problems).toEqual([])
  })
})

test('counting thousands of unread notifications walks an index from the newest, without a sort', async () => {
  const { plans, count } = await rolledBack(() =>
    measure({ text: textOf('count_unread_notifications'), values: ['sub-1'] }),
  )
  const nodes = plans.flatMap((plan) => [...nodesOf(plan)])
  expect(nodes.map((node) => node['Index Name'])).toContain('notifications__unread')
  expect(nodes.flatMap((node) => node['Sort Key'] ?? [])).toEqual([])
  // A hundred with their activities; read ones in between are skipped by the index.
  expect(count).toBeGreaterThan(100)
  expect(count).toBeLessThan(400)
})

test('home of a user who follows thousands reads the newest items, even if half of them are expired', async () => {
  const { count } = await rolledBack(async () => {
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
    return measure({ text: textOf('read_home'), values: ['sub-42', null, null, 21] })
  })
  // Probing each followed user would touch more than 100,000 rows; fewer than a page has would mean that nothing was read.
  expect(count).toBeGreaterThan(21)
  expect(count).toBeLessThan(10_000)
})

test('the fixture is large', async () => {
  const { rows: counts } = await client.query('select count(*)::integer as n from activities')
  expect(counts[0].n).toBe(100_000)
  expect(queries.length).toBeGreaterThan(50)
})

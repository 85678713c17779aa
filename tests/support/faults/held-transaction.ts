import pg from 'pg'
import { expect } from 'vitest'
import type { Answer } from '../../harness/client.ts'
import type { Database } from '../../harness/database.ts'

/** A transaction that a test keeps open, so that requests run against it and wait for its locks. */
export type HeldTransaction = {
  /** Runs a statement inside it. */
  sql(text: string, params?: unknown[]): Promise<void>
  /** Resolves when `count` sessions wait for a lock: each has its snapshot and is blocked. */
  untilBlocked(count: number): Promise<void>
  /** Commits, which unblocks them. */
  commit(): Promise<void>
}

export async function holdTransaction(db: Database): Promise<HeldTransaction> {
  const client = new pg.Client({ connectionString: db.url })
  await client.connect()
  await client.query('begin')
  return {
    sql: async (text, params = []) => {
      await client.query(text, params)
    },
    async untilBlocked(count) {
      const waiting = `select count(*)::integer as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      for (let rows = await db.sql<{ n: number }>(waiting); (rows[0]?.n ?? 0) < count; ) rows = await db.sql(waiting)
    },
    async commit() {
      await client.query('commit')
      await client.end()
    },
  }
}

/** Runs `act` `count` times at once. */
export const inParallel = <T>(count: number, act: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)))

export function expectStatusIn(answers: Answer[], statuses: number[]) {
  expect(answers).not.toEqual([])
  for (const answer of answers) expect(statuses, answer.text).toContain(answer.status)
}

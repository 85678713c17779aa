import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

// Key of the advisory lock: a number that nothing else uses.
const LOCK = 7_283_664_001

/** Pause between attempts to get the lock, in ms. */
const WAIT_MS = 50

/**
 * Tries to get the lock. Returns whether it succeeded. Never waits for it in Postgres: `create index concurrently` waits for all
 * open transactions, and one that waited for the lock would deadlock with it.
 */
async function tryLock(
  client: pg.Client,
  lock: 'pg_try_advisory_lock' | 'pg_try_advisory_xact_lock',
): Promise<boolean> {
  // No query parameters: with them, the portal would keep its snapshot while this transaction waits.
  const { rows } = await client.query<{ locked: boolean }>(`select ${lock}(${LOCK}) as locked`)
  return rows[0]?.locked ?? false
}

/** Locks the schema against other migrations until the transaction ends. */
export async function lockSchema(client: pg.Client): Promise<void> {
  while (!(await tryLock(client, 'pg_try_advisory_xact_lock'))) await sleep(WAIT_MS)
  // A migration that waits for a table's lock blocks all later queries: let it fail and be run again.
  await client.query("set local lock_timeout = '10s'")
}

/**
 * Runs `work` under the same lock, for work that cannot run in a transaction. The connection must not go through a pooler, which
 * would pass the lock on with the connection.
 */
export async function withSchemaLock<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  while (!(await tryLock(client, 'pg_try_advisory_lock'))) await sleep(WAIT_MS)
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

// Any number that nothing else in the database takes for a lock.
const LOCK = 7_283_664_001

/** Between two tries to get the lock, in ms. */
const WAIT_MS = 50

/**
 * Locks unless somebody else has the lock. Nobody waits for it inside Postgres: `create index concurrently` waits for all
 * transactions that do, and they for it.
 */
async function tryLock(
  client: pg.Client,
  lock: 'pg_try_advisory_lock' | 'pg_try_advisory_xact_lock',
): Promise<boolean> {
  // Without a parameter: the portal of one would hold its snapshot while this transaction waits.
  const { rows } = await client.query<{ locked: boolean }>(`select ${lock}(${LOCK}) as locked`)
  return rows[0]?.locked ?? false
}

/** Takes turns with everybody else who changes the schema, until the transaction ends. */
export async function takeTurn(client: pg.Client): Promise<void> {
  while (!(await tryLock(client, 'pg_try_advisory_xact_lock'))) await sleep(WAIT_MS)
  // A migration that waits for a table makes all later queries wait too: better to fail, and be run again.
  await client.query("set local lock_timeout = '10s'")
}

/**
 * The same for work that no transaction can do: takes its turn until `work` has ended. The address must not be a pooler's, which
 * would hand the lock on with the connection.
 */
export async function inTurnWithoutTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  while (!(await tryLock(client, 'pg_try_advisory_lock'))) await sleep(WAIT_MS)
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  }
}

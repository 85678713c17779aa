import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

// Any number that nothing else in the database takes for a lock.
const LOCK = 7_283_664_001

/** Between two tries to get the lock. */
const WAIT_MS = 200

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [LOCK])
  return rows[0]?.locked ?? false
}

/**
 * The same for work that no transaction can do: takes its turn until `work` has ended. The address must not be a pooler's, which
 * would hand the lock on with the connection.
 */
export async function inTurnWithoutTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  // Asked again and again: a session that waits inside Postgres would hold up `create index concurrently`, and it holds up that.
  while (!(await tryLock(client))) await sleep(WAIT_MS)
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  }
}

/** Takes turns with everybody else who changes the schema, until the transaction ends. */
export async function takeTurn(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK])
  // A migration that waits for a table makes all later queries wait too: better to fail, and be run again.
  await client.query("set local lock_timeout = '10s'")
}

import type pg from 'pg'

// Any number that nothing else in the database takes for a lock.
const LOCK = 7_283_664_001

/** Takes turns with everybody else who changes the schema, until the transaction ends. */
export async function takeTurn(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK])
  // A migration that waits for a table makes all later queries wait too: better to fail, and be run again.
  await client.query("set local lock_timeout = '10s'")
}

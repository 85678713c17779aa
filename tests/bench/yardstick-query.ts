import { createHistogram } from 'node:perf_hooks'
import pg from 'pg'
import type { Figures } from './load.ts'

/**
 * The rows of the first page of everyone, as plainly as they can be had: one JSON object each, as the feed has them, but no
 * viewer, no visibility beyond expiry, no parameters. Prepared, it is planned once a connection. It is the measure of what
 * Postgres does for a request (Q in docs/performance.md).
 */
export const YARDSTICK_QUERY = `
  select json_build_object(
    'uuid', activities.uuid,
    'message', message,
    'created_at', activities.created_at,
    'expires_at', expires_at,
    'likes_count', likes_count,
    'reposts_count', reposts_count,
    'user', json_build_object(
      'uuid', users.uuid, 'handle', handle, 'display_name', display_name, 'avatar_url', avatar_key
    )
  ) as activity
  from activities
  join users on users.uuid = activities.user_uuid
  where reply_to_activity_uuid is null and expires_at > now()
  order by activities.uuid desc
  limit 20`

/** A row of it. */
export type YardstickRow = { activity: { uuid: string } }

/** Connections to Postgres that have run the query once, so that each has its plan. */
export async function connectForQuery(url: string, connections: number): Promise<pg.Client[]> {
  return Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await ask(client)
      return client
    }),
  )
}

/** Runs the query over and over for some seconds, on each connection at once. */
export async function loadQuery(clients: pg.Client[], seconds: number): Promise<Figures> {
  const micros = createHistogram()
  const startedAt = performance.now()
  const end = startedAt + seconds * 1000
  await Promise.all(
    clients.map(async (client) => {
      for (let now = performance.now(); now < end; now = performance.now()) {
        await ask(client)
        micros.record(Math.max(1, Math.round((performance.now() - now) * 1000)))
      }
    }),
  )
  return {
    requests: micros.count,
    seconds: (performance.now() - startedAt) / 1000,
    p50: micros.percentile(50) / 1000,
    p99: micros.percentile(99) / 1000,
  }
}

const ask = (client: pg.Client) => client.query({ name: 'yardstick', text: YARDSTICK_QUERY, rowMode: 'array' })

/**
 * Compares the query with what the feed of everyone answers, as JSON.
 * @throws Error if the two do not show the same activities, in the same order.
 */
export async function assertSameRows(url: string, feed: { data: { uuid: string }[] }): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<YardstickRow>(YARDSTICK_QUERY)
    const [ours, theirs] = [rows.map(({ activity }) => activity), feed.data].map((list) =>
      list.map(({ uuid }) => uuid).join(),
    )
    if (ours !== theirs) throw new Error('The yardstick query has other rows than the feed of everyone.')
  } finally {
    await client.end()
  }
}

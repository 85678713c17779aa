import { createHistogram } from 'node:perf_hooks'
import pg from 'pg'
import type { Figures } from './load.ts'

/**
 * The rows of the first page of everyone by the simplest query: one JSON object each, as in the feed, but without a viewer,
 * parameters or any visibility rule except expiry. It is prepared, so each connection plans it once. The cost of other
 * queries is given in multiples of it (Q in docs/performance.md).
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

/** A row of the yardstick query. */
export type YardstickRow = { activity: { uuid: string } }

/** Opens connections and runs the query once on each, so that it is planned. */
export async function connectForQuery(url: string, connections: number): Promise<pg.Client[]> {
  return Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await runQuery(client)
      return client
    }),
  )
}

/** Repeats the query for some seconds on all connections concurrently. */
export async function loadQuery(clients: pg.Client[], seconds: number): Promise<Figures> {
  const micros = createHistogram()
  const startedAt = performance.now()
  const end = startedAt + seconds * 1000
  await Promise.all(
    clients.map(async (client) => {
      for (let now = performance.now(); now < end; now = performance.now()) {
        await runQuery(client)
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

const runQuery = (client: pg.Client) => client.query({ name: 'yardstick', text: YARDSTICK_QUERY, rowMode: 'array' })

/**
 * Compares the rows of the query with the JSON of the feed of everyone.
 * @throws Error if these are not the same activities in the same order.
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

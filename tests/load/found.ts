import pg from 'pg'
import { pair, said, wrote } from './kinds.ts'

/** What the database says of some people, as the facts of a ledger, each with how often it stands there. */
export async function factsIn(url: string, handles: string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  await withClient(url, async (client) => {
    for (const { text, factOf } of FACTS) {
      const { rows } = await client.query<Row>(text, [handles])
      for (const fact of rows.map(factOf)) counts.set(fact, (counts.get(fact) ?? 0) + 1)
    }
  })
  return counts
}

/** How many cruds and people have a stored count that differs from the rows that it counts. */
export async function miscounted(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ count: number }>(MISCOUNTED)
    return rows[0]?.count ?? Number.NaN
  })
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

type Row = { who: string; whom: string }

/** From who did something to whom or what. */
const FACTS: { text: string; factOf: (row: Row) => string }[] = [
  { text: textsIn('activities'), factOf: ({ whom }) => said(whom) },
  { text: textsIn('messages'), factOf: ({ whom }) => wrote(whom) },
  { text: reactionsIn('likes'), factOf: ({ who, whom }) => pair('likes', who, whom) },
  { text: reactionsIn('reposts'), factOf: ({ who, whom }) => pair('reposts', who, whom) },
  {
    text: `
      select one.handle as who, other.handle as whom
      from follows join users one on one.uuid = follower_uuid join users other on other.uuid = followed_uuid
      where one.handle = any($1)`,
    factOf: ({ who, whom }) => pair('follows', who, whom),
  },
]

function textsIn(table: 'activities' | 'messages'): string {
  return `select handle as who, message as whom from ${table} join users on users.uuid = user_uuid where handle = any($1)`
}

function reactionsIn(table: 'likes' | 'reposts'): string {
  return `
    select handle as who, activity_uuid as whom from ${table} join users on users.uuid = user_uuid
    where handle = any($1)`
}

const MISCOUNTED = `
  select (
    select count(*)
    from activities
    where likes_count <> (select count(*) from likes where activity_uuid = activities.uuid)
      or reposts_count <> (select count(*) from reposts where activity_uuid = activities.uuid)
      or stored_replies_count <> (select count(*) from activities reply where reply_to_activity_uuid = activities.uuid)
  )::integer + (
    select count(*)
    from users
    where followers_count <> (select count(*) from follows where followed_uuid = users.uuid)
      or following_count <> (select count(*) from follows where follower_uuid = users.uuid)
  )::integer as count`

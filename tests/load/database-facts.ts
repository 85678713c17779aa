import pg from 'pg'
import { activityFact, messageFact, pairFact } from './request-kinds.ts'

/** Reads the facts of a ledger about some users from the database, each with the number of its rows. */
export async function readFacts(url: string, handles: string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  await withClient(url, async (client) => {
    for (const { text, factOf } of FACTS) {
      const { rows } = await client.query<Row>(text, [handles])
      for (const fact of rows.map(factOf)) counts.set(fact, (counts.get(fact) ?? 0) + 1)
    }
  })
  return counts
}

/** Number of activities and users with a stored count that differs from the counted rows. */
export async function countWrongCounts(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ count: number }>(WRONG_COUNTS)
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

type Row = { actor: string; object: string }

/** For each kind of fact: a query for the rows, and the fact of a row. */
const FACTS: { text: string; factOf: (row: Row) => string }[] = [
  { text: textsIn('activities'), factOf: ({ object }) => activityFact(object) },
  { text: textsIn('messages'), factOf: ({ object }) => messageFact(object) },
  { text: reactionsIn('likes'), factOf: ({ actor, object }) => pairFact('likes', actor, object) },
  { text: reactionsIn('reposts'), factOf: ({ actor, object }) => pairFact('reposts', actor, object) },
  {
    text: `
      select one.handle as actor, other.handle as object
      from follows join users one on one.uuid = follower_uuid join users other on other.uuid = followed_uuid
      where one.handle = any($1)`,
    factOf: ({ actor, object }) => pairFact('follows', actor, object),
  },
]

function textsIn(table: 'activities' | 'messages'): string {
  return `select handle as actor, message as object from ${table} join users on users.uuid = user_uuid where handle = any($1)`
}

function reactionsIn(table: 'likes' | 'reposts'): string {
  return `
    select handle as actor, activity_uuid as object from ${table} join users on users.uuid = user_uuid
    where handle = any($1)`
}

const WRONG_COUNTS = `
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

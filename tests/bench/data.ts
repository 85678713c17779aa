import pg from 'pg'
import { toAccount } from '../../sql/seed/people.ts'
import { type Accounts, seed } from '../../sql/seed/seed.ts'
import { CRUDS } from '../../sql/seed/story/cruds.ts'
import { PEOPLE } from '../../sql/seed/story/people.ts'
import type { Person } from '../../sql/seed/story/types.ts'
import { fillDatabase } from '../support/fixtures/bulk-fixtures.ts'

/** What the bench requests. */
export type Places = {
  /** Sends the reads: follows 150 users, has cruds, notifications and messages. */
  reader: BenchUser
  /** Sends the writes: follows fifteen users, and is not followed by the reader. */
  writer: BenchUser
  /** Another user’s crud with many replies. */
  thread: { uuid: string; handle: string }
  /** Other users’ cruds, newest first. */
  likeable: { uuid: string; handle: string }[]
  tag: string
  term: string
  group: string
}

/** A user of the seed, with their credentials. */
export type BenchUser = { handle: string; account: { email: string; password: string } }

/** Generated users whom the reader follows, besides users of the seed. */
const READER_FOLLOWS = 150
const WRITER_FOLLOWS = 12

/**
 * Inserts 20,000 users with 100,000 cruds and replies (tests/support/fixtures/bulk-fixtures.ts), the newest with texts of
 * the seed, and then the seed itself, whose first user becomes the reader.
 */
export async function insertData(url: string, accounts: Accounts): Promise<Places> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await fillDatabase(client)
    await client.query(REWRITE_MESSAGES, [CRUDS.map(({ message }) => message.replaceAll(/[#@](?=\w)/g, ''))])
    await seed(url, accounts)
    const [first] = PEOPLE
    const other = PEOPLE.find((person) => person !== first && !first?.follows.includes(person.handle))
    if (!first || !other) throw new Error('The seed lacks a user for the reader or the writer.')
    await client.query(FOLLOW, [first.handle, READER_FOLLOWS])
    await client.query(FOLLOW, [other.handle, WRITER_FOLLOWS])
    await client.query('vacuum (analyze)')
    return { reader: toBenchUser(first), writer: toBenchUser(other), ...(await findTargets(client, first.handle)) }
  } finally {
    await client.end()
  }
}

function toBenchUser(person: Person): BenchUser {
  const { handle, email, password } = toAccount(person)
  return { handle, account: { email, password } }
}

async function findTargets(client: pg.Client, reader: string): Promise<Omit<Places, 'reader' | 'writer'>> {
  const rows = async <Row>(text: string): Promise<Row[]> => (await client.query(text, [reader])).rows
  const one = async <Row>(text: string): Promise<Row> => {
    const [row] = await rows<Row>(text)
    if (!row) throw new Error(`No row is found by: ${text}`)
    return row
  }
  const thread = await one<Places['thread']>(
    `select root.uuid, handle from activities answer join activities root on root.uuid = answer.root_uuid
     join users on users.uuid = root.user_uuid
     where root.expires_at > now() + interval '1 hour' and answer.uuid <> root.uuid and handle <> $1 and handle !~ '^person'
     group by root.uuid, handle order by count(*) desc limit 1`,
  )
  const likeable = await rows<Places['likeable'][number]>(
    `select activities.uuid, handle from activities join users on users.uuid = user_uuid
     where expires_at > now() + interval '1 hour' and handle <> $1 order by activities.uuid desc limit 64`,
  )
  const { group } = await one<{ group: string }>(
    `select message_group_uuid as group from message_group_members join users on users.uuid = user_uuid
     where handle = $1 order by message_group_uuid limit 1`,
  )
  return {
    thread,
    likeable,
    tag: 'tag7',
    term: 'harbour',
    group,
  }
}

const REWRITE_MESSAGES = `
  update activities set message = ($1::text[])[1 + abs(hashtext(uuid::text)) % cardinality($1::text[])]
    || coalesce(' ' || substring(message from '#\\w+'), '')
  where uuid in (select uuid from activities order by uuid desc limit 10000)`

const FOLLOW = `
  insert into follows (follower_uuid, followed_uuid)
  select reader.uuid, other.uuid
  from users reader join users other on other.handle ~ '^person\\d+$' and substring(other.handle from 7)::integer <= $2
  where reader.handle = $1
  on conflict do nothing`

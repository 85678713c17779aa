import pg from 'pg'
import { toAccount } from '../../sql/seed/people.ts'
import { type Accounts, seed } from '../../sql/seed/seed.ts'
import { CRUDS } from '../../sql/seed/story/cruds.ts'
import { PEOPLE } from '../../sql/seed/story/people.ts'
import type { Person } from '../../sql/seed/story/types.ts'
import { fillDatabase } from '../support/fixtures/bulk-fixtures.ts'

/** What is there to be asked for. */
export type Places = {
  /** Who reads, signed in: follows 150 people, has cruds, notifications and messages. */
  reader: Resident
  /** Who writes: follows fifteen people, and the reader does not follow them. */
  writer: Resident
  /** A crud with answers, by somebody else. */
  thread: { uuid: string; handle: string }
  /** Cruds of others that can be liked, newest first. */
  likeable: { uuid: string; handle: string }[]
  tag: string
  term: string
  group: string
}

/** A person of the story, and what they sign in with. */
export type Resident = { handle: string; account: { email: string; password: string } }

/** Whom the reader follows beside the people of the story. */
const FOLLOWS = 150
const FOLLOWS_OF_WRITER = 12

/**
 * Lays a town's week: 20,000 people and 100,000 cruds and answers (tests/support/fixtures/bulk-fixtures.ts), of which the newest say what people
 * say, with the story of the seed on top, whose first person reads.
 */
export async function layData(url: string, accounts: Accounts): Promise<Places> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await fillDatabase(client)
    await client.query(RETELL, [CRUDS.map(({ says }) => says.replaceAll(/[#@](?=\w)/g, ''))])
    await seed(url, accounts)
    const [first] = PEOPLE
    const other = PEOPLE.find((person) => person !== first && !first?.follows.includes(person.handle))
    if (!first || !other) throw new Error('The story has nobody who reads, or nobody who writes.')
    await client.query(FOLLOW, [first.handle, FOLLOWS])
    await client.query(FOLLOW, [other.handle, FOLLOWS_OF_WRITER])
    await client.query('vacuum (analyze)')
    return { reader: toResident(first), writer: toResident(other), ...(await findThings(client, first.handle)) }
  } finally {
    await client.end()
  }
}

function toResident(person: Person): Resident {
  const { handle, email, password } = toAccount(person)
  return { handle, account: { email, password } }
}

async function findThings(client: pg.Client, reader: string): Promise<Omit<Places, 'reader' | 'writer'>> {
  const rows = async <Row>(text: string): Promise<Row[]> => (await client.query(text, [reader])).rows
  const one = async <Row>(text: string): Promise<Row> => {
    const [row] = await rows<Row>(text)
    if (!row) throw new Error(`Nothing is found by: ${text}`)
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

const RETELL = `
  update activities set message = ($1::text[])[1 + abs(hashtext(uuid::text)) % cardinality($1::text[])]
    || coalesce(' ' || substring(message from '#\\w+'), '')
  where uuid in (select uuid from activities order by uuid desc limit 10000)`

const FOLLOW = `
  insert into follows (follower_uuid, followed_uuid)
  select reader.uuid, other.uuid
  from users reader join users other on other.handle ~ '^person\\d+$' and substring(other.handle from 7)::integer <= $2
  where reader.handle = $1
  on conflict do nothing`

import pg from 'pg'
import { LIFETIMES } from '../../worker/contract/limits.ts'
import type { Crud, Person, Reply } from './story.ts'
import { CRUDS, PEOPLE } from './story.ts'

/** The password of every seeded account. They exist in the local Cognito endpoint only. */
export const SEED_PASSWORD = 'Cruddur-2026!'

const LOCK = 7_283_664_002

/** What the seed needs of Cognito: an account for a person, the one that is there already if there is. */
export interface Accounts {
  addUser(person: { email: string; password: string; handle: string; display_name: string }): Promise<string>
}

/**
 * Makes the people of the story and lays those of its cruds that are not alive, each with its thread: at the first
 * start all of them, later those that have burnt out since. What people did themselves stays as it is. Resolves to
 * the number of people who can sign in and of cruds laid. Runs at the same time take turns.
 */
export async function seed(url: string, accounts: Accounts): Promise<{ people: number; laid: number }> {
  const subs = await Promise.all(PEOPLE.map((person) => accounts.addUser(toAccount(person))))
  const client = new pg.Client({ connectionString: url })
  // A lost connection rejects the query under way; without a listener it would end the process as well.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    const uuids = await makePeople(client, subs)
    const burning = await findBurning(client)
    const missing = CRUDS.filter((crud) => uuids.has(crud.by) && !burning.has(`${uuids.get(crud.by)} ${crud.says}`))
    for (const crud of missing) await layCrud(client, uuids, crud)
    await client.query('commit')
    return { people: uuids.size, laid: missing.length }
  } finally {
    await client.end()
  }
}

function toAccount({ handle, display_name }: Person) {
  return { email: emailOf(handle), password: SEED_PASSWORD, handle, display_name }
}

function emailOf(handle: string): string {
  return `${handle}@example.com`
}

/** Resolves to uuids by handle of the story. A person whose handle somebody else has taken is left out. */
async function makePeople(client: pg.Client, subs: string[]): Promise<Map<string, string>> {
  const uuids = new Map<string, string>()
  const newcomers = new Set<string>()
  for (const [index, person] of PEOPLE.entries()) {
    const email = emailOf(person.handle)
    // Found by email, since the accounts may have been made anew while the database was kept.
    const { rows: known } = await client.query<{ uuid: string }>(
      'update users set cognito_sub = $1 where email = $2 returning uuid',
      [subs[index], email],
    )
    const { rows: made } = known[0] ? { rows: [] } : await insertPerson(client, person, email, subs[index] ?? '')
    if (made[0]) newcomers.add(person.handle)
    const row = known[0] ?? made[0]
    if (row) uuids.set(person.handle, row.uuid)
  }
  await followEachOther(client, uuids, newcomers)
  return uuids
}

function insertPerson(client: pg.Client, person: Person, email: string, sub: string) {
  const { handle, display_name, bio, joined_days_ago } = person
  return client.query<{ uuid: string }>(
    `with made as (select uuidv7(make_interval(days => -$1::integer)) as uuid)
     insert into users (uuid, created_at, cognito_sub, handle, display_name, email, bio)
     select made.uuid, uuid_extract_timestamp(made.uuid), $2, $3, $4, $5, $6 from made
     on conflict do nothing
     returning uuid`,
    [joined_days_ago, sub, handle, display_name, email, bio],
  )
}

// Only where one of the two is new, so that nobody is followed again who was unfollowed.
async function followEachOther(client: pg.Client, uuids: Map<string, string>, newcomers: Set<string>) {
  const pairs = PEOPLE.flatMap(({ handle, follows }) => follows.map((followed) => [handle, followed] as const))
    .filter((pair) => pair.every((handle) => uuids.has(handle)) && pair.some((handle) => newcomers.has(handle)))
    .map(([follower, followed]) => [uuids.get(follower), uuids.get(followed)])
  await client.query(
    `insert into follows (follower_uuid, followed_uuid)
     select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing`,
    [pairs.map(([follower]) => follower), pairs.map(([, followed]) => followed)],
  )
}

async function findBurning(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<{ key: string }>(
    `select user_uuid || ' ' || message as key from activities
     where expires_at > now() and reply_to_activity_uuid is null and message = any($1)`,
    [CRUDS.map(({ says }) => says)],
  )
  return new Set(rows.map(({ key }) => key))
}

async function layCrud(client: pg.Client, uuids: Map<string, string>, crud: Crud): Promise<void> {
  const { rows } = await client.query<{ uuid: string }>(
    `with made as (select uuidv7(make_interval(mins => -$1::integer)) as uuid),
     crud as (
       insert into activities (uuid, root_uuid, user_uuid, message, created_at, expires_at)
       select uuid, uuid, $2, $3, uuid_extract_timestamp(uuid),
         uuid_extract_timestamp(uuid) + make_interval(secs => $4)
       from made
       returning uuid, user_uuid
     )
     insert into feed_items (uuid, actor_uuid, activity_uuid, kind)
     select uuidv7(make_interval(mins => -$1::integer)), user_uuid, uuid, 'crud' from crud
     returning activity_uuid as uuid`,
    [crud.age, uuids.get(crud.by), crud.says, LIFETIMES[crud.lives]],
  )
  const uuid = rows[0]?.uuid
  if (uuid) await layReplies(client, uuids, uuid, crud.replies ?? [])
}

async function layReplies(client: pg.Client, uuids: Map<string, string>, answered: string, replies: Reply[]) {
  for (const reply of replies.filter(({ by }) => uuids.has(by))) {
    const { rows } = await client.query<{ uuid: string }>(
      `insert into activities (uuid, reply_to_activity_uuid, root_uuid, user_uuid, message, created_at, expires_at)
       select made.uuid, answered.uuid, answered.root_uuid, $2, $3, uuid_extract_timestamp(made.uuid),
         answered.expires_at
       from activities answered, (select uuidv7(make_interval(mins => -$1::integer)) as uuid) made
       where answered.uuid = $4
       returning uuid`,
      [reply.age, uuids.get(reply.by), reply.says, answered],
    )
    if (rows[0]) await layReplies(client, uuids, rows[0].uuid, reply.replies ?? [])
  }
}

import type pg from 'pg'
import type { SeedNotification } from './notifications.ts'
import { insertNotifications } from './notifications.ts'
import { PEOPLE } from './story/people.ts'
import { DAY } from './story/time.ts'
import type { Person } from './story/types.ts'

/** The password of all seeded accounts, which exist only in the local Cognito endpoint. */
export const SEED_PASSWORD = 'Cruddur-2026!'

/** Older follows get no notification; age in minutes. */
const FOLLOW_TELLS = 30 * DAY

export function toAccount({ handle, display_name }: Person) {
  return { email: emailOf(handle), password: SEED_PASSWORD, handle, display_name }
}

function emailOf(handle: string): string {
  return `${handle}@example.com`
}

/** Inserts the story's people and their follows. Returns uuids by handle, without people whose handle is taken. */
export async function insertPeople(client: pg.Client, subs: string[]): Promise<Map<string, string>> {
  const uuids = new Map<string, string>()
  const newcomers = new Set<string>()
  for (const [index, person] of PEOPLE.entries()) {
    const email = emailOf(person.handle)
    // Find them by email: the local accounts may have been recreated, with new subs.
    const { rows: known } = await client.query<{ uuid: string }>(
      'update users set cognito_sub = $1 where email = $2 returning uuid',
      [subs[index], email],
    )
    const { rows: inserted } = known[0] ? { rows: [] } : await insertPerson(client, person, email, subs[index] ?? '')
    if (inserted[0]) newcomers.add(person.handle)
    const row = known[0] ?? inserted[0]
    if (row) uuids.set(person.handle, row.uuid)
  }
  await followEachOther(client, uuids, newcomers)
  return uuids
}

function insertPerson(client: pg.Client, person: Person, email: string, sub: string) {
  const { handle, display_name, bio, joined_days_ago } = person
  return client.query<{ uuid: string }>(
    `with made as (select uuidv7(make_interval(mins => -$1::integer)) as uuid)
     insert into users (uuid, created_at, cognito_sub, handle, display_name, email, bio)
     select made.uuid, uuid_extract_timestamp(made.uuid), $2, $3, $4, $5, $6 from made
     on conflict do nothing
     returning uuid`,
    [joined_days_ago * DAY, sub, handle, display_name, email, bio],
  )
}

// Only if one of the two is new, so that a removed follow is not inserted again.
async function followEachOther(client: pg.Client, uuids: Map<string, string>, newcomers: Set<string>) {
  const follows = PEOPLE.flatMap(toFollows).flatMap(({ follower, followed, age }): SeedNotification[] => {
    const [by, to] = [uuids.get(follower), uuids.get(followed)]
    const isNew = newcomers.has(follower) || newcomers.has(followed)
    return by && to && isNew ? [{ kind: 'follow', by, to, about: null, age }] : []
  })
  await client.query(
    `insert into follows (follower_uuid, followed_uuid, created_at)
     select follow.by, follow.to, clock_timestamp() - make_interval(mins => follow.age)
     from unnest($1::uuid[], $2::uuid[], $3::integer[]) follow (by, "to", age)
     on conflict do nothing`,
    [follows.map(({ by }) => by), follows.map(({ to }) => to), follows.map(({ age }) => age)],
  )
  await insertNotifications(
    client,
    follows.filter(({ age }) => age < FOLLOW_TELLS),
  )
}

function toFollows({ handle: follower, joined_days_ago, follows, newly_follows = {} }: Person) {
  const joined = new Map(PEOPLE.map((person) => [person.handle, person.joined_days_ago]))
  const sinceBothAreHere = (followed: string) => Math.min(joined_days_ago, joined.get(followed) ?? 0) * DAY
  return [
    ...follows.map((followed) => ({ follower, followed, age: sinceBothAreHere(followed) })),
    ...Object.entries(newly_follows).map(([followed, age]) => ({ follower, followed, age })),
  ]
}

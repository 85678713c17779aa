import type pg from 'pg'
import type { SeedNotification } from './notifications.ts'
import { insertNotifications } from './notifications.ts'
import { PEOPLE } from './story/people.ts'
import { DAY } from './story/time.ts'
import type { Person } from './story/types.ts'

/** The password of all seeded accounts, which exist only in the local Cognito endpoint. */
export const SEED_PASSWORD = 'Cruddur-2026!'

/** Handle of the seeded moderator. */
export const MODERATOR = 'andrewbrown'

/** Greatest age of a follow that has a notification, in minutes. */
const NOTIFIED_AGE_MAX = 30 * DAY

export function toAccount({ handle, display_name }: Person) {
  const account = { email: emailOf(handle), password: SEED_PASSWORD, handle, display_name }
  return handle === MODERATOR ? { ...account, groups: ['moderators'] } : account
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
  await askToFollow(client, uuids, newcomers)
  await fillCircles(client, uuids, newcomers)
  return uuids
}

function insertPerson(client: pg.Client, person: Person, email: string, sub: string) {
  const { handle, display_name, bio, joined_days_ago, approves_followers = false, is_new = false } = person
  return client.query<{ uuid: string }>(
    `with created as (select uuidv7(make_interval(mins => -$1::integer)) as uuid)
     insert into users (
       uuid, created_at, cognito_sub, handle, display_name, email, bio, approves_followers, arrival_dismissed, has_posted
     )
     select created.uuid, uuid_extract_timestamp(created.uuid), $2, $3, $4, $5, $6, $7, not $8, not $8 from created
     on conflict do nothing
     returning uuid`,
    [joined_days_ago * DAY, sub, handle, display_name, email, bio, approves_followers, is_new],
  )
}

// Only if one of the two is new, so that a removed follow is not inserted again.
async function followEachOther(client: pg.Client, uuids: Map<string, string>, newcomers: Set<string>) {
  const follows = PEOPLE.flatMap(toFollows).flatMap(({ follower, followed, age }): SeedNotification[] => {
    const by = uuids.get(follower)
    const to = uuids.get(followed)
    const isNew = newcomers.has(follower) || newcomers.has(followed)
    return by && to && isNew ? [{ kind: 'follow', by, to, about: null, age }] : []
  })
  await client.query(
    // Those who approve followers have accepted these.
    `insert into follows (follower_uuid, followed_uuid, created_at, approved_at)
     select follow.by, follow.to, made.at, case when followed.approves_followers then made.at end
     from unnest($1::uuid[], $2::uuid[], $3::integer[]) follow (by, "to", age)
     join users followed on followed.uuid = follow.to
     cross join lateral (select clock_timestamp() - make_interval(mins => follow.age) as at) made
     on conflict do nothing`,
    [follows.map(({ by }) => by), follows.map(({ to }) => to), follows.map(({ age }) => age)],
  )
  await insertNotifications(
    client,
    follows.filter(({ age }) => age < NOTIFIED_AGE_MAX),
  )
}

async function askToFollow(client: pg.Client, uuids: Map<string, string>, newcomers: Set<string>) {
  const requests = PEOPLE.flatMap(({ handle, asks_to_follow = {} }) =>
    Object.entries(asks_to_follow).flatMap(([followed, age]): SeedNotification[] => {
      const by = uuids.get(handle)
      const to = uuids.get(followed)
      return by && to && newcomers.has(handle) ? [{ kind: 'follow_request', by, to, about: null, age }] : []
    }),
  )
  await client.query(
    `insert into follow_requests (uuid, follower_uuid, followed_uuid, created_at)
     select made.uuid, made.by, made.to, uuid_extract_timestamp(made.uuid)
     from (
       select uuidv7(make_interval(mins => -request.age)) as uuid, request.by, request.to
       from unnest($1::uuid[], $2::uuid[], $3::integer[]) request (by, "to", age)
     ) made
     on conflict do nothing`,
    [requests.map(({ by }) => by), requests.map(({ to }) => to), requests.map(({ age }) => age)],
  )
  await insertNotifications(client, requests)
}

async function fillCircles(client: pg.Client, uuids: Map<string, string>, newcomers: Set<string>) {
  const pairs = PEOPLE.flatMap(({ handle, circle = [] }) =>
    circle.flatMap((member) => {
      const owner_uuid = uuids.get(handle)
      const member_uuid = uuids.get(member)
      return owner_uuid && member_uuid && newcomers.has(handle) ? [{ owner_uuid, member_uuid }] : []
    }),
  )
  await client.query(
    `insert into circle_members (owner_uuid, member_uuid)
     select pair.owner, pair.member from unnest($1::uuid[], $2::uuid[]) pair (owner, member)
     on conflict do nothing`,
    [pairs.map(({ owner_uuid }) => owner_uuid), pairs.map(({ member_uuid }) => member_uuid)],
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

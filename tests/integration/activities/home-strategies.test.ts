import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { handlesIn, readPages } from '../../support/actors/actions.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'

// Home is read in one way for users who follow few, in another for users who follow many, and in a third where that
// finds too little (decision 22). All three must find the same.

const site = await openSite()
const { db } = site

/** Makes users whom `follower` follows; returns their uuids. */
async function makeFollowed(follower: ApiUser, count: number, name: string): Promise<string[]> {
  const rows = await db.sql<{ uuid: string }>(
    `with created as (
       insert into users (cognito_sub, handle, display_name, email)
       select gen_random_uuid(), $2 || n || '_' || substring(gen_random_uuid()::text, 1, 6), 'N', 'n@example.com'
       from generate_series(1, $3::integer) n
       returning uuid
     ), following as (
       insert into follows (follower_uuid, followed_uuid) select $1, uuid from created
     )
     select uuid from created`,
    [follower.uuid, name, count],
  )
  return rows.map(({ uuid }) => uuid)
}

/** Posts activities of the users in turn, one a second, the last `minutesAgo`; either all expired or none. */
const postActivities = (
  authors: string[],
  count: number,
  { minutesAgo, expired = false }: { minutesAgo: number; expired?: boolean },
) =>
  db.sql(
    `with posted as (
       select uuidv7(-age) as uuid, ($1::uuid[])[1 + n % cardinality($1::uuid[])] as author, now() - age as at, n
       from (select n, $3::integer * interval '1 minute' + interval '1 hour' - n * interval '1 second' as age
             from generate_series(1, $2::integer) n) aged
     ), inserted as (
       insert into activities (uuid, root_uuid, user_uuid, message, created_at, expires_at)
       select uuid, uuid, author, 'hi', at,
         case when $4::boolean then now() - interval '0.5 second' else now() + interval '1 hour' + n * interval '7 seconds' end
       from posted
     )
     insert into feed_items (uuid, actor_uuid, activity_uuid, kind) select uuid, author, uuid, 'activity' from posted`,
    [authors, count, minutesAgo, expired],
  )

const uuids = async (text: string, params: unknown[]) =>
  (await db.sql<{ uuid: string }>(text, params)).map(({ uuid }) => uuid)

/** What home should list, by plain SQL. */
const FOLLOWED_AND_SELF = 'select followed_uuid from follows where follower_uuid = $1 union select $1::uuid'
const expectedHome = ({ uuid }: ApiUser) =>
  uuids(
    `select activity_uuid as uuid from feed_items join activities on activities.uuid = activity_uuid
     where actor_uuid in (${FOLLOWED_AND_SELF}) and expires_at > now() group by activity_uuid order by max(feed_items.uuid::text) desc`,
    [uuid],
  )
const expectHome = async (who: ApiUser) => {
  const expected = await expectedHome(who)
  expect(expected.length).toBeGreaterThan(30)
  expect((await readPages(who, '/api/activities/home', 30)).flat()).toEqual(expected)
}

test('of few followed users, also past many expired activities', async () => {
  const [anna] = await users(site, 'anna')
  const friends = await makeFollowed(anna, 3, 'few')
  await postActivities(friends, 200, { minutesAgo: 60 })
  await postActivities(friends, 100, { minutesAgo: 10, expired: true })
  await postActivities(friends, 20, { minutesAgo: 1 })
  await expectHome(anna)
})

test('of few followed users who posted today and days ago', async () => {
  const [anton] = await users(site, 'anton')
  const friends = await makeFollowed(anton, 3, 'daily')
  await postActivities(friends, 60, { minutesAgo: 3 * 24 * 60 })
  await postActivities(friends, 40, { minutesAgo: 60 })
  await expectHome(anton)
})

test('of many followed users, each activity once, however many reposted it', async () => {
  const [ben] = await users(site, 'ben')
  const friends = await makeFollowed(ben, 310, 'many')
  await postActivities(friends, 400, { minutesAgo: 200 })
  await db.sql(
    `insert into feed_items (actor_uuid, activity_uuid, kind)
     select actor.uuid, activity.uuid, 'repost'
     from (select uuid from activities where user_uuid = any($1::uuid[]) order by uuid limit 20) activity
     cross join (select unnest(($1::uuid[])[1:30]) as uuid) actor`,
    [friends],
  )
  await expectHome(ben)
})

test('of many followed users who posted little, long before others did', async () => {
  const [cleo] = await users(site, 'cleo')
  const friends = await makeFollowed(cleo, 305, 'silent')
  const strangers = await uuids(`select uuid from users where handle like 'many%'`, [])
  await postActivities(friends, 40, { minutesAgo: 300 })
  await postActivities(strangers, 5_200, { minutesAgo: 40 })
  await expectHome(cleo)
})

test('handle completion lists followed users first, both of few and of many', async () => {
  const [dora, ellen] = await users(site, 'dora', 'ellen')
  const fewUuids = await makeFollowed(dora, 2, 'names')
  const manyUuids = await makeFollowed(ellen, 320, 'namesof')
  const complete = (who: ApiUser, prefix: string) => handlesIn(who, `/api/users?prefix=${prefix}&limit=5`)
  const handles = async (userUuids: string[]) =>
    (
      await db.sql<{ handle: string }>(
        `select handle from users where uuid = any($1::uuid[]) order by handle collate "C"`,
        [userUuids],
      )
    ).map(({ handle }) => handle)
  expect((await complete(dora, 'names')).slice(0, 2)).toEqual(await handles(fewUuids))
  expect(await complete(ellen, 'names')).toEqual((await handles(manyUuids)).slice(0, 5))
})

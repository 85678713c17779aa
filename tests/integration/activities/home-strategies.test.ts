import { expect, test } from 'vitest'
import type { List } from '../../../worker/contract/list.ts'
import { openSite } from '../../harness/site.ts'
import { type HasUuid, handlesIn, readPages, reads } from '../../support/actors/actions.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'

// What those say whom one follows is gathered in one way of a few and in another of many, and in a third where that finds too
// little (decision 22). All three find the same.

const site = await openSite()
const { db } = site

/** Makes so many people, whom somebody follows. Resolves to their uuids. */
async function followed(by: ApiUser, count: number, name: string): Promise<string[]> {
  const rows = await db.sql<{ uuid: string }>(
    `with made as (
       insert into users (cognito_sub, handle, display_name, email)
       select gen_random_uuid(), $2 || n || '_' || substring(gen_random_uuid()::text, 1, 6), 'N', 'n@example.com'
       from generate_series(1, $3::integer) n
       returning uuid
     ), following as (
       insert into follows (follower_uuid, followed_uuid) select $1, uuid from made
     )
     select uuid from made`,
    [by.uuid, name, count],
  )
  return rows.map(({ uuid }) => uuid)
}

/** Lets people say so many cruds in turn, the first of them so many minutes ago, one a second; all or none of them ended. */
const say = (who: string[], count: number, { minutesAgo, ended = false }: { minutesAgo: number; ended?: boolean }) =>
  db.sql(
    `with said as (
       select uuidv7(-age) as uuid, ($1::uuid[])[1 + n % cardinality($1::uuid[])] as who, now() - age as at, n
       from (select n, $3::integer * interval '1 minute' + interval '1 hour' - n * interval '1 second' as age
             from generate_series(1, $2::integer) n) aged
     ), inserted as (
       insert into activities (uuid, root_uuid, user_uuid, message, created_at, expires_at)
       select uuid, uuid, who, 'hi', at, case when $4::boolean then now() - interval '1 second' else now() + n * interval '7 seconds' end + interval '0.5 second'
       from said
     )
     insert into feed_items (uuid, actor_uuid, activity_uuid, kind) select uuid, who, uuid, 'activity' from said`,
    [who, count, minutesAgo, ended],
  )

const uuids = async (text: string, params: unknown[]) =>
  (await db.sql<{ uuid: string }>(text, params)).map(({ uuid }) => uuid)

/** What the two feeds of somebody should be, by plain SQL. */
const CIRCLE = 'select followed_uuid from follows where follower_uuid = $1 union select $1::uuid'
const home = ({ uuid }: ApiUser) =>
  uuids(
    `select activity_uuid as uuid from feed_items join activities on activities.uuid = activity_uuid
     where actor_uuid in (${CIRCLE}) and expires_at > now() group by activity_uuid order by max(feed_items.uuid::text) desc`,
    [uuid],
  )
const lastLight = ({ uuid }: ApiUser) =>
  uuids(
    `select uuid from activities where expires_at > now() and user_uuid in (select followed_uuid from follows where follower_uuid = $1)
     order by expires_at, uuid limit 90`,
    [uuid],
  )

async function expectFeeds(who: ApiUser): Promise<void> {
  expect((await readPages(who, '/api/activities/home', 30)).flat()).toEqual(await home(who))
  const expected = await lastLight(who)
  const light: string[] = []
  for (let cursor: string | null = ''; cursor !== null && light.length < expected.length; ) {
    const page: List<HasUuid> = await reads(who, `/api/activities/last-light?limit=30${cursor && `&cursor=${cursor}`}`)
    light.push(...page.data.map(({ uuid }) => uuid))
    cursor = page.next_cursor
  }
  expect(light.slice(0, expected.length)).toEqual(expected)
}

test('of a few people, also past many of whose cruds have ended', async () => {
  const [anna] = await users(site, 'anna')
  const friends = await followed(anna, 3, 'few')
  await say(friends, 200, { minutesAgo: 60 })
  await say(friends, 100, { minutesAgo: 10, ended: true })
  await say(friends, 20, { minutesAgo: 1 })
  await expectFeeds(anna)
})

test('of many people, each crud once, however many have reposted it', async () => {
  const [ben] = await users(site, 'ben')
  const friends = await followed(ben, 310, 'many')
  await say(friends, 400, { minutesAgo: 200 })
  await db.sql(
    `insert into feed_items (actor_uuid, activity_uuid, kind)
     select actor.uuid, activity.uuid, 'repost'
     from (select uuid from activities where user_uuid = any($1::uuid[]) order by uuid limit 20) activity
     cross join (select unnest(($1::uuid[])[1:30]) as uuid) actor`,
    [friends],
  )
  await expectFeeds(ben)
})

test('of many people who have said little, and that long before what others say', async () => {
  const [cleo] = await users(site, 'cleo')
  const friends = await followed(cleo, 305, 'silent')
  const strangers = await uuids(`select uuid from users where handle like 'many%'`, [])
  await say(friends, 40, { minutesAgo: 300 })
  await say(strangers, 5_200, { minutesAgo: 40 })
  await expectFeeds(cleo)
})

test('and names begin with those of one’s circle, of a few and of many', async () => {
  const [dora, ellen] = await users(site, 'dora', 'ellen')
  const few = await followed(dora, 2, 'names')
  const many = await followed(ellen, 320, 'namesof')
  const begins = (who: ApiUser, prefix: string) => handlesIn(who, `/api/users?prefix=${prefix}&limit=5`)
  const handles = async (of: string[]) =>
    (
      await db.sql<{ handle: string }>(
        `select handle from users where uuid = any($1::uuid[]) order by handle collate "C"`,
        [of],
      )
    ).map(({ handle }) => handle)
  expect((await begins(dora, 'names')).slice(0, 2)).toEqual(await handles(few))
  expect(await begins(ellen, 'names')).toEqual((await handles(many)).slice(0, 5))
})

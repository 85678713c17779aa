import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  deletes,
  follows,
  type HasUuid,
  likes,
  posts,
  replies,
  reposts,
  sendsMessage,
  unlikes,
} from '../../support/actors/actions.ts'
import { type ApiUser, expireActivities, manyUsers, users } from '../../support/actors/many-users.ts'
import { type PagedList, PagingReader } from '../../support/actors/paging-reader.ts'

const site = await openSite()
const { db, actors } = site

/** Mulberry32, a seeded random number generator, so that a failure can be reproduced. */
function makeRandom(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % sides
  }
}

/** Makes users with content, the lists to read, and random changes to make meanwhile. */
async function makePagingFixture(seed: number) {
  const random = makeRandom(seed)
  const [anna, ben, cleo, dora] = await users(site, 'anna', 'ben', 'cleo', 'dora')
  const fans = await manyUsers(site, 40, 'fan')
  const word = `w${crypto.randomUUID().slice(0, 8)}`
  const pickOne = <T>(from: readonly T[]): T => from[random(from.length)] as T
  const activity = await posts(anna, 'an activity with many replies', '30-days')
  const live = new Map<string, ApiUser>()
  const liked: HasUuid[] = []
  const sent: string[] = []
  const anyLive = () => ({ uuid: pickOne([...live.keys()]) })

  const actions = {
    async posts(who = pickOne([anna, ben, cleo, dora])) {
      const ttl = pickOne(['1-hour', '3-hours', '1-day', '7-days'])
      live.set((await posts(who, `${word} #${word}`, ttl)).uuid, who)
    },
    async reply(who = pickOne([ben, cleo])) {
      live.set((await replies(who, activity, 'a reply')).uuid, who)
    },
    reposts: () => reposts(pickOne([anna, ben, cleo, dora]), anyLive()),
    async likes() {
      const one = anyLive()
      await likes(ben, one)
      liked.push(one)
    },
    sendsMessage: async () => sent.push((await sendsMessage(ben, anna, 'psst')).uuid),
    follows: () => follows(pickOne(fans), ben),
    async expire() {
      const { uuid } = anyLive()
      await expireActivities(db, uuid)
      live.delete(uuid)
    },
    async delete() {
      const { uuid } = anyLive()
      await deletes(live.get(uuid) as ApiUser, { uuid })
      live.delete(uuid)
    },
    async unlikes() {
      const one = liked.splice(random(Math.max(liked.length, 1)), 1)[0]
      if (one && live.has(one.uuid)) await unlikes(ben, one)
    },
    expireMessage: () => db.sql('update messages set expires_at = now() where uuid = $1', [sent[random(sent.length)]]),
  }
  const additions = [
    actions.posts,
    actions.posts,
    actions.reply,
    actions.reposts,
    actions.likes,
    actions.sendsMessage,
    actions.follows,
  ]
  const removals = [
    actions.expire,
    actions.delete,
    actions.unlikes,
    actions.expireMessage,
    actions.reposts,
    actions.reposts,
  ]

  await Promise.all([follows(anna, ben), follows(anna, cleo)])
  for (const _ of Array(5)) await actions.posts(ben)
  for (const _ of Array(5)) await actions.reply(ben)
  for (const _ of Array(45)) await pickOne(additions)()
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')

  const isLive = 'expires_at > now()'
  const lists: PagedList[] = [
    {
      name: 'home',
      who: anna,
      path: '/api/activities/home',
      sql: `select activity_uuid as uuid from feed_items join activities on activities.uuid = activity_uuid
        where actor_uuid = any($1::uuid[]) and ${isLive} group by activity_uuid order by max(feed_items.uuid::text) desc`,
      params: [[anna.uuid, ben.uuid, cleo.uuid]],
    },
    {
      name: 'everyone',
      who: actors.visitor(),
      path: '/api/activities/everyone',
      sql: `select uuid from activities where reply_to_activity_uuid is null and ${isLive} order by uuid desc`,
      params: [],
    },
    {
      name: 'last light',
      who: anna,
      path: '/api/activities/last-light',
      sql: `select uuid from activities where ${isLive} order by expires_at, uuid`,
      params: [],
      mayInsertAhead: true,
    },
    {
      name: 'search',
      who: anna,
      path: `/api/activities/search?term=${word}`,
      sql: `select uuid from activities where message like '%' || $1 || '%' and ${isLive} order by uuid desc`,
      params: [word],
    },
    {
      name: 'tag',
      who: anna,
      path: `/api/tags/${word}`,
      sql: `select uuid from activities where message like '%#' || $1 || '%' and ${isLive} order by uuid desc`,
      params: [word],
    },
    {
      name: 'profile',
      who: anna,
      path: `/api/users/@${ben.handle}/activities`,
      sql: `select activity_uuid as uuid from feed_items join activities on activities.uuid = activity_uuid
        where actor_uuid = $1 and ${isLive} and (kind = 'activity' or user_uuid <> $1) order by feed_items.uuid desc`,
      params: [ben.uuid],
    },
    {
      name: 'profile, replies',
      who: actors.visitor(),
      path: `/api/users/@${ben.handle}/activities?tab=replies`,
      sql: `select uuid from activities where user_uuid = $1 and reply_to_activity_uuid is not null and ${isLive}
        order by uuid desc`,
      params: [ben.uuid],
    },
    {
      name: 'profile, likes',
      who: anna,
      path: `/api/users/@${ben.handle}/activities?tab=likes`,
      sql: `select activity_uuid as uuid from likes join activities on activities.uuid = activity_uuid
        where likes.user_uuid = $1 and ${isLive} order by likes.uuid desc`,
      params: [ben.uuid],
    },
    {
      name: 'replies',
      who: anna,
      path: `/api/activities/${activity.uuid}/replies`,
      sql: `select uuid from activities where reply_to_activity_uuid = $1 and ${isLive} order by uuid`,
      params: [activity.uuid],
      mayInsertAhead: true,
    },
    {
      name: 'followers',
      who: anna,
      path: `/api/users/@${ben.handle}/followers`,
      sql: 'select follower_uuid as uuid from follows where followed_uuid = $1 order by 1 desc',
      params: [ben.uuid],
      mayInsertAhead: true,
    },
    {
      name: 'notifications',
      who: anna,
      path: '/api/notifications',
      sql: `select notifications.uuid from notifications left join activities on activities.uuid = activity_uuid
        where recipient_uuid = $1 and (activity_uuid is null or ${isLive}) order by notifications.uuid desc`,
      params: [anna.uuid],
    },
    {
      name: 'messages',
      who: anna,
      path: `/api/message_groups/${group}/messages`,
      sql: `select uuid from messages where message_group_uuid = $1 and ${isLive} order by uuid desc`,
      params: [group],
    },
  ]
  return { random, lists, makeRandomChange: () => pickOne(live.size > 5 ? [...additions, ...removals] : additions)() }
}

test.each([1, 22, 333])(
  'every list is gap-free and without repeats while its items change (seed %i)',
  { timeout: 60_000 },
  async (seed) => {
    const { random, lists, makeRandomChange } = await makePagingFixture(seed)
    // Home by one item a page, since more pages leave more room for changes between them.
    const readers = lists.map((list) => new PagingReader(db, list, list.name === 'home' ? 1 : 2 + random(4)))
    await Promise.all(readers.map((reader) => reader.begin()))
    for (let round = 0; readers.some(({ isDone }) => !isDone); round += 1) {
      expect(round).toBeLessThan(100)
      await Promise.all(readers.filter(({ isDone }) => !isDone).map((reader) => reader.page()))
      for (const _ of Array(2 + random(3))) await makeRandomChange()
    }
    for (const { list, seen } of readers) expect(seen.length, list.name).toBeGreaterThan(2)
  },
)

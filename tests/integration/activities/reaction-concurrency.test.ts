import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { type HasUuid, likes, lists, posts, reposts } from '../../support/actors/actions.ts'
import { type ApiUser, expireActivities, manyUsers, runCron, users } from '../../support/actors/many-users.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { expectStatusIn, holdTransaction, inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { db } = site

/** Counts the rows that belong to an activity and its replies. */
async function countRows({ uuid }: HasUuid): Promise<Record<string, number>> {
  const [row] = await db.sql<{ all: Record<string, number> }>(
    `with thread as (select uuid from activities where root_uuid = $1)
     select json_build_object(
       'activities', (select count(*) from thread),
       'likes', (select count(*) from likes where activity_uuid = $1 or activity_uuid in (select uuid from thread)),
       'reposts', (select count(*) from reposts where activity_uuid = $1),
       'feed_items', (select count(*) from feed_items where activity_uuid = $1),
       'tags', (select count(*) from activity_tags where activity_uuid = $1 or activity_uuid in (select uuid from thread)),
       'mentions', (select count(*) from mentions where activity_uuid = $1),
       'notifications', (select count(*) from notifications where activity_uuid = $1
         or activity_uuid in (select uuid from thread))
     ) as all`,
    [uuid],
  )
  return row?.all ?? {}
}
const NO_ROWS = { activities: 0, likes: 0, reposts: 0, feed_items: 0, tags: 0, mentions: 0, notifications: 0 }

/** The stored counters of an activity, checked against its rows. */
async function readCounters({ uuid }: HasUuid) {
  const [row] = await db.sql<{ likes: number; reposts: number; liked: number; reposted: number }>(
    `select likes_count as likes, reposts_count as reposts,
       (select count(*)::integer from likes where activity_uuid = $1) as liked,
       (select count(*)::integer from reposts where activity_uuid = $1) as reposted
     from activities where uuid = $1`,
    [uuid],
  )
  expect([row?.likes, row?.reposts]).toEqual([row?.liked, row?.reposted])
  return { likes: row?.likes, reposts: row?.reposts }
}

describe('likes', () => {
  test('of fifty users at once are all counted', async () => {
    const [author, ...fans] = await manyUsers(site, 51)
    const activity = await posts(author as ApiUser, 'hi')
    const answers = await inParallel(50, (index) =>
      (fans[index] as ApiUser).put(`/api/activities/${activity.uuid}/like`),
    )
    expectStatusIn(answers, [200])
    expect(answers.map(({ body }) => body.likes_count).sort((a, b) => a - b)).toEqual([...Array(51).keys()].slice(1))
    expect(await readCounters(activity)).toEqual({ likes: 50, reposts: 0 })
  })

  test('and reposts, made and undone by ten users fifty times at once, end with counters equal to the rows', async () => {
    const [author, ...fans] = await manyUsers(site, 11)
    const activity = await posts(author as ApiUser, 'hi')
    const answers = await inParallel(50, (index) => {
      const method = (index * 7) % 3 === 0 ? 'DELETE' : 'PUT'
      const action = index % 4 === 0 ? 'repost' : 'like'
      return (fans[index % 10] as ApiUser).send(method, `/api/activities/${activity.uuid}/${action}`)
    })
    expectStatusIn(answers, [200])
    const { likes: count } = await readCounters(activity)
    expect(await lists(author as ApiUser, `/api/activities/${activity.uuid}/likes`)).toHaveLength(count ?? -1)
    const notifications = await lists(author as ApiUser, '/api/notifications?limit=100')
    const standing = await db.sql('select from notifications where activity_uuid = $1 and withdrawn_at is null', [
      activity.uuid,
    ])
    expect(notifications).toHaveLength(standing.length)
    expect(notifications.filter(({ kind }) => kind === 'like')).toHaveLength(count ?? -1)
  })

  test('fifty of one user count once', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'hi')
    const answers = await inParallel(50, () => ben.put(`/api/activities/${activity.uuid}/like`))
    expectStatusIn(answers, [200])
    expect(answers.map(({ body }) => body.likes_count)).toEqual(Array(50).fill(1))
    expect(await lists(anna, '/api/notifications')).toHaveLength(1)
  })
})

/** Fifty concurrent reactions, replies and reads of an activity by ten users. */
const interact = (fans: ApiUser[], { uuid }: HasUuid) =>
  inParallel(50, (index) => {
    const fan = fans[index % fans.length] as ApiUser
    const path = `/api/activities/${uuid}`
    if (index % 5 === 0) return fan.put(`${path}/like`)
    if (index % 5 === 1) return fan.put(`${path}/repost`)
    if (index % 5 === 2) return fan.delete(`${path}/like`)
    if (index % 5 === 3) return fan.post(`${path}/replies`, { message: `#tag @${fan.handle}` })
    return fan.get(path)
  })

describe('likes, reposts and replies', () => {
  test('during a deletion succeed or answer 410, and leave no row', async () => {
    const [author, ...fans] = await manyUsers(site, 11)
    for (const _ of [1, 2, 3]) {
      const activity = await posts(author as ApiUser, `hi #tag @${fans[0]?.handle}`)
      const [answers, deletion] = await Promise.all([
        interact(fans, activity),
        (author as ApiUser).delete(`/api/activities/${activity.uuid}`),
      ])
      expectStatus(deletion, 204)
      expectStatusIn(answers, [200, 201, 410])
      expect(await countRows(activity)).toEqual(NO_ROWS)
    }
  })

  test('during expiry and sweep succeed or answer 410, and leave no row', async () => {
    const [author, ...fans] = await manyUsers(site, 11)
    for (const _ of [1, 2, 3]) {
      const activity = await posts(author as ApiUser, `hi #tag @${fans[0]?.handle}`)
      const expireAndSweep = async () => {
        await expireActivities(db, activity.uuid)
        await Promise.all([runCron(site), runCron(site)])
      }
      const [answers] = await Promise.all([interact(fans, activity), expireAndSweep()])
      expectStatusIn(answers, [200, 201, 410])
      await expireActivities(db, activity.uuid)
      await runCron(site)
      expect(await countRows(activity)).toEqual(NO_ROWS)
    }
  })

  test('that wait for a deletion answer 410', async () => {
    const [author, ...fans] = await manyUsers(site, 11)
    const activity = await posts(author as ApiUser, 'hi')
    const transaction = await holdTransaction(db)
    await transaction.sql('delete from activities where uuid = $1', [activity.uuid])
    const answers = inParallel(10, (index) => {
      const fan = fans[index] as ApiUser
      if (index % 3 === 0) return fan.put(`/api/activities/${activity.uuid}/like`)
      if (index % 3 === 1) return fan.put(`/api/activities/${activity.uuid}/repost`)
      return fan.post(`/api/activities/${activity.uuid}/replies`, { message: 'ho' })
    })
    await transaction.untilBlocked(10)
    await transaction.commit()
    expectStatusIn(await answers, [410])
    expect(await countRows(activity)).toEqual(NO_ROWS)
  })
})

describe('a deleted account', () => {
  test('leaves correct counters of others', async () => {
    const [author, ...fans] = await manyUsers(site, 21)
    const activities = [await posts(author as ApiUser, 'one'), await posts(author as ApiUser, 'two')]
    for (const activity of activities) {
      await Promise.all(fans.slice(0, 10).flatMap((fan) => [likes(fan, activity), reposts(fan, activity)]))
    }
    const leaving = fans.slice(0, 5).map(({ uuid }) => db.sql('delete from users where uuid = $1', [uuid]))
    const arriving = fans.slice(10).flatMap((fan) => activities.map((activity) => likes(fan, activity)))
    await Promise.all([...leaving, ...arriving])
    for (const activity of activities) expect(await readCounters(activity)).toEqual({ likes: 15, reposts: 5 })
    const notifications = await lists(author as ApiUser, '/api/notifications?limit=100')
    expect(notifications).toHaveLength(2 * (5 + 10) + 2 * 5)
  })

  test('does not fail requests that mention, follow or message it at that moment', async () => {
    const [ben, ...others] = await manyUsers(site, 11)
    if (!ben) throw new Error('missing user')
    const transaction = await holdTransaction(db)
    await transaction.sql('delete from users where uuid = $1', [ben.uuid])
    const mentions = inParallel(4, (index) =>
      (others[index] as ApiUser).post('/api/activities', { message: `@${ben.handle}`, ttl: '1-hour' }),
    )
    const follows = inParallel(3, (index) => (others[index + 4] as ApiUser).put(`/api/users/@${ben.handle}/follow`))
    const messages = inParallel(3, (index) =>
      (others[index + 7] as ApiUser).post('/api/messages', { handle: ben.handle, message: 'hi' }),
    )
    await transaction.untilBlocked(10)
    await transaction.commit()
    expectStatusIn(await mentions, [201])
    expectStatusIn(await follows, [404])
    expectStatusIn(await messages, [422])
  })
})

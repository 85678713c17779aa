import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { follows, likes, lists, posts, reads, replies, sendsMessage } from '../../support/actors/actions.ts'
import { type ApiUser, acquaintances, expireActivities, runCron, users } from '../../support/actors/many-users.ts'
import { expectErrors } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, database } = site
afterEach(() => database.setOutage(false))

/** Inserts expired activities by SQL. */
const insertExpired = (who: ApiUser, count: number) =>
  db.sql(
    `with inserted as (
       insert into activities (uuid, root_uuid, user_uuid, message, created_at, expires_at)
       select id, id, $1, 'expired', now() - interval '2 hours', now() - interval '1 hour' from (
         select uuidv7() as id from generate_series(1, $2::integer)) fresh
       returning uuid
     )
     insert into feed_items (uuid, actor_uuid, activity_uuid, kind) select uuid, $1, uuid, 'activity' from inserted`,
    [who.uuid, count],
  )
const count = async (table: string, where = 'true') =>
  Number((await db.sql<{ n: number }>(`select count(*)::integer as n from ${table} where ${where}`))[0]?.n)
const countExpired = () => count('activities', 'expires_at <= now()')

describe('the sweep', () => {
  test('deletes all expired activities in batches, and nothing else', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'stays')
    const reply = await replies(ben, activity, 'stays')
    await likes(ben, activity)
    await insertExpired(anna, 2_500)
    expect(await countExpired()).toBeGreaterThanOrEqual(2_500)
    const before = database.count()
    await runCron(site)
    expect(database.count() - before).toBeGreaterThanOrEqual(4)
    expect(await countExpired()).toBe(0)
    expect(await reads(anna, `/api/activities/${activity.uuid}`)).toMatchObject({ likes_count: 1, replies_count: 1 })
    expect((await reads(anna, `/api/activities/${reply.uuid}`)).uuid).toBe(reply.uuid)
  })

  test('deletes all rows that belong to an activity', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, `#tag @${ben.handle}`)
    const reply = await replies(ben, activity, `#tag @${anna.handle}`)
    for (const each of [activity, reply]) {
      await likes(ben, each)
      await ben.put(`/api/activities/${each.uuid}/repost`)
    }
    const inBoth = `in ('${activity.uuid}', '${reply.uuid}')`
    const tables = ['feed_items', 'likes', 'reposts', 'activity_tags', 'mentions', 'notifications']
    for (const table of tables) expect(await count(table, `activity_uuid ${inBoth}`), table).toBeGreaterThan(1)
    await expireActivities(db, activity.uuid)
    await runCron(site)
    expect(await count('activities', `uuid ${inBoth}`)).toBe(0)
    for (const table of tables) expect(await count(table, `activity_uuid ${inBoth}`), table).toBe(0)
  })

  test('deletes expired messages, idempotency keys and follow notifications', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const expired = await sendsMessage(anna, ben, 'old')
    const live = await sendsMessage(anna, ben, 'young')
    const headers = { ...anna.headers, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const inserted = await anna.send('POST', '/api/activities', headers, '{"message":"hi","ttl":"1-hour"}')
    await follows(anna, ben)
    await db.sql('update messages set expires_at = now() where uuid = $1', [expired.uuid])
    await runCron(site)
    expect(await count('messages', `uuid in ('${expired.uuid}', '${live.uuid}')`)).toBe(1)
    expect(await count('idempotency_keys', `activity_uuid = '${inserted.body.uuid}'`)).toBe(1)
    expect(await count('notifications', `recipient_uuid = '${ben.uuid}'`)).toBe(1)
    await db.sql(`update idempotency_keys set created_at = now() - interval '24 hours'`)
    await db.sql(`update notifications set created_at = now() - interval '30 days' where recipient_uuid = $1`, [
      ben.uuid,
    ])
    await runCron(site)
    expect(await count('idempotency_keys', `activity_uuid = '${inserted.body.uuid}'`)).toBe(0)
    expect(await count('notifications', `recipient_uuid = '${ben.uuid}'`)).toBe(0)
    expect((await reads(anna, `/api/users/@${ben.handle}`)).viewer.following).toBe('yes')
    expect(await lists(ben, '/api/message_groups')).toHaveLength(1)
  })

  test('is safe to run concurrently', async () => {
    const [anna] = await users(site, 'anna')
    const activity = await posts(anna, '#stays #too')
    await insertExpired(anna, 3_000)
    await Promise.all([runCron(site), runCron(site), runCron(site)])
    await runCron(site)
    expect(await countExpired()).toBe(0)
    expect((await reads(anna, `/api/activities/${activity.uuid}`)).uuid).toBe(activity.uuid)
    const tags = (await lists(anna, '/api/tags/trending?limit=100')).map(({ tag }) => tag)
    expect(tags).toEqual(expect.arrayContaining(['stays', 'too']))
  })

  test('skips locked rows until the next run', async () => {
    const [anna] = await users(site, 'anna')
    const activity = await posts(anna, 'held')
    await expireActivities(db, activity.uuid)
    await insertExpired(anna, 10)
    const holder = new pg.Client({ connectionString: db.url })
    await holder.connect()
    await holder.query('begin')
    await holder.query('select from activities where uuid = $1 for no key update', [activity.uuid])
    await runCron(site)
    expect(await countExpired()).toBe(1)
    await holder.query('rollback')
    await holder.end()
    await runCron(site)
    expect(await countExpired()).toBe(0)
  })

  test('works again after a database outage', async () => {
    const [anna] = await users(site, 'anna')
    await insertExpired(anna, 10)
    database.setOutage(true)
    await expect(runCron(site)).rejects.toThrow('exception')
    expect(await countExpired()).toBe(10)
    database.setOutage(false)
    await runCron(site)
    expect(await countExpired()).toBe(0)
  })

  test('a failing job is logged, and the other jobs still run', async () => {
    const [anna] = await users(site, 'anna')
    await insertExpired(anna, 10)
    const tag = `t${crypto.randomUUID().slice(0, 8)}`
    await posts(anna, `#${tag}`)
    await db.sql(`create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'`)
    await db.sql('create trigger refuse before delete on activities execute function refuse()')
    await expect(runCron(site)).rejects.toThrow('exception')
    expect(await countExpired()).toBe(10)
    expect(await count('trending_tags', `tag = '${tag}'`)).toBe(1)
    const errors = site.log.filter((line) => line.includes('cron: ')).map((line) => JSON.parse(line))
    expect(errors.at(-1)).toMatchObject({ event: 'error', route: 'cron: sweep', codes: ['internal'] })
    expect(JSON.stringify(errors.at(-1).causes)).toContain('P0001')
    await db.sql('drop function refuse cascade')
    await runCron(site)
    expect(await countExpired()).toBe(0)
  })

  test('does not change the answer for an expired activity', async () => {
    const [anna] = await users(site, 'anna')
    const activity = await posts(anna, 'hi')
    await expireActivities(db, activity.uuid)
    const answer = await anna.get(`/api/activities/${activity.uuid}`)
    expectErrors(answer, 410, ['gone'])
    await runCron(site)
    const { errors } = (await anna.get(`/api/activities/${activity.uuid}`)).body
    expect(errors).toEqual(answer.body.errors)
  })
})

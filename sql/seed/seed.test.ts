import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Postgres } from '../../local/postgres.ts'
import { startPostgres } from '../../local/postgres.ts'
import { openEvidence } from '../../worker/reports/evidence.ts'
import { readFunctionFiles } from '../function-files.ts'
import { migrate } from '../migrate.ts'
import { seed } from './seed.ts'
import { CONVERSATIONS } from './story/conversations.ts'
import { CRUDS } from './story/cruds.ts'
import { PEOPLE } from './story/people.ts'
import { REPORTS } from './story/reports.ts'

const KINDS = ['follow', 'like', 'mention', 'reply', 'repost']
const TABLES = [
  'activities',
  'activity_tags',
  'circle_members',
  'feed_items',
  'follow_requests',
  'follows',
  'likes',
  'mentions',
  'message_group_members',
  'message_groups',
  'messages',
  'notifications',
  'reposts',
  'trending_tags',
  'users',
]

let postgres: Postgres
let client: pg.Client
const EVIDENCE_KEY = btoa('a key for evidence in tests only')
const accounts = { addUser: async ({ email }: { email: string }) => `sub of ${email}` }

beforeAll(async () => {
  postgres = await startPostgres({ port: 0, durable: false })
  await migrate(postgres.url)
  client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await client.query(`set search_path to ${readFunctionFiles()?.schema}, public`)
})
afterAll(async () => {
  await client.end()
  await postgres.stop()
})

describe('seed', () => {
  it('inserts everything once in concurrent runs', async () => {
    const [one, two] = await Promise.all([seed(postgres.url, accounts), seed(postgres.url, accounts)])
    expect([one.inserted, two.inserted].sort((a, b) => a - b)).toEqual([0, CRUDS.length])
    expect(one.people).toBe(PEOPLE.length)
    expect(await count("feed_items where kind <> 'repost'")).toBe(CRUDS.length)
    expect(await count('messages')).toBe(CONVERSATIONS.flatMap(({ messages }) => messages).length)
    for (const table of TABLES) expect(await count(table), table).toBeGreaterThan(0)
  })

  it('changes nothing when it runs again', async () => {
    const before = await contents()
    expect((await seed(postgres.url, accounts)).inserted).toBe(0)
    expect(await contents()).toEqual(before)
  })

  it('has consistent times, and replies that expire with their root', async () => {
    for (const table of ['users', 'activities', 'notifications', 'messages']) {
      expect(await count(`${table} where created_at <> uuid_extract_timestamp(uuid)`), table).toBe(0)
    }
    expect(await count('activities where expires_at <= now()')).toBe(0)
    const root = 'activities reply join activities root on root.uuid = reply.root_uuid'
    expect(await count(`${root} where reply.expires_at <> root.expires_at`)).toBe(0)
    for (const table of ['feed_items', 'likes', 'reposts', 'notifications']) {
      const both = `${table} later join activities on activities.uuid = activity_uuid`
      expect(await count(`${both} where later.uuid <= activities.uuid`), table).toBe(0)
    }
    expect(await count("messages where expires_at <> created_at + interval '30 days'")).toBe(0)
    const people = 'join users on users.uuid in (follower_uuid, followed_uuid)'
    expect(await count(`follows ${people} where follows.created_at < users.created_at`)).toBe(0)
    for (const table of ['likes', 'reposts', 'notifications', 'messages', 'message_groups']) {
      expect(await count(`${table} where uuid_extract_timestamp(uuid) > now()`), table).toBe(0)
    }
  })

  it('has right counts of likes and reposts, and reposts in feeds', async () => {
    const wrong = `activities where likes_count <> (select count(*) from likes where activity_uuid = activities.uuid)
      or reposts_count <> (select count(*) from reposts where activity_uuid = activities.uuid)`
    expect(await count(wrong)).toBe(0)
    expect(await count('activities where likes_count > 2')).toBeGreaterThan(5)
    expect(await count('activities where reposts_count > 0')).toBeGreaterThan(5)
    expect(await count("feed_items where kind = 'repost'")).toBe(await count('reposts'))
  })

  it('has trending tags used by several people', async () => {
    const shared = `trending_tags where 1 < (
      select count(distinct user_uuid) from activity_tags join visible_activities(null) on uuid = activity_uuid
      where activity_tags.tag = trending_tags.tag
    )`
    expect(await count(shared)).toBeGreaterThanOrEqual(4)
  })

  it.each([
    ['andrewbrown', KINDS],
    ['bayko', [...KINDS, 'follow_request'].sort()],
  ])('gives %s notifications of every kind, read and unread', async (handle, kinds) => {
    const ofThem = `visible_notifications((select uuid from users where handle = '${handle}'))`
    expect(await value("string_agg(distinct kind, ' ')", `${ofThem} where read_at is null`)).toBe(kinds.join(' '))
    expect(await value("string_agg(distinct kind, ' ')", `${ofThem} where read_at > created_at`)).toBe(kinds.join(' '))
    const mixed = `${ofThem} unread join ${ofThem} read on read.read_at is not null and read.uuid > unread.uuid
      where unread.read_at is null`
    expect(await count(mixed)).toBe(0)
  })

  it('has the notifications that the app would have created', async () => {
    expect(await count("notifications where kind = 'like'")).toBe(await count(`likes ${notByTheAuthor}`))
    expect(await count("notifications where kind = 'repost'")).toBe(await count(`reposts ${notByTheAuthor}`))
    const twice = `notifications reply join notifications mention using (recipient_uuid, activity_uuid)
      where reply.kind = 'reply' and mention.kind = 'mention'`
    expect(await count(twice)).toBe(0)
    const old = "notifications where kind in ('follow', 'follow_request') and created_at < now() - interval '30 days'"
    expect(await count(old)).toBe(0)
  })

  it('has cruds for each audience, which those see who like them, reply or are notified', async () => {
    const audiences = "string_agg(distinct audience, ' ' order by audience)"
    expect(await value(audiences, 'activities where reply_to_activity_uuid is null')).toBe(
      'circle everyone followers mentioned',
    )
    expect(await count("activities where who_can_reply <> 'everyone'")).toBeGreaterThan(1)
    const unseen = 'join activities on activities.uuid = activity_uuid where not is_in_audience'
    expect(await count(`likes ${unseen}(likes.user_uuid, audience, root_uuid)`)).toBe(0)
    expect(await count(`notifications ${unseen}(recipient_uuid, audience, root_uuid)`)).toBe(0)
    expect(await count('activities where not is_in_audience(user_uuid, audience, root_uuid)')).toBe(0)
    const replies = 'activities reply join activities root on root.uuid = reply.root_uuid and root.uuid <> reply.uuid'
    expect(await count(`${replies} where not is_in_audience(reply.user_uuid, root.who_can_reply, root.uuid)`)).toBe(0)
    const limited = "activities where audience <> 'everyone'"
    expect(await count(`activity_tags where activity_uuid in (select uuid from ${limited})`)).toBe(0)
    expect(await count(`reposts where activity_uuid in (select uuid from ${limited})`)).toBe(0)
  })

  it('leaves the last messages unread', async () => {
    expect(await unreadOf('andrewbrown')).toBe(3)
    expect(await unreadOf('bayko')).toBe(0)
    expect(await unreadOf('emberline')).toBe(0)
  })

  it('inserts reports in every state once, whose copies open with the key', async () => {
    for (const _ of [1, 2]) await seed(postgres.url, accounts, EVIDENCE_KEY)
    expect(await value("string_agg(state, ' ' order by uuid)", 'reports')).toBe('decided decided open open open')
    expect(await count('reports')).toBe(REPORTS.length)
    expect(await count("moderation_log where action = 'report'")).toBe(REPORTS.length)
    expect(await count('statements where appealed_at is not null and sealed_appeal is not null')).toBe(1)
    expect(await count("notifications where kind in ('report', 'statement')")).toBe(3)
    expect(await count('reports join activities on activities.uuid = subject_uuid')).toBe(1)
    const [first] = REPORTS
    const sealed = String(await value('sealed_copy', `reports where reference = '${first?.reference}'`))
    const copy = await openEvidence({ evidenceKeys: [EVIDENCE_KEY] }, sealed, first?.reference ?? '')
    expect(copy).toMatchObject({ message: first?.message, note: first?.note })
  })

  it('inserts only expired activities again, and keeps changes made by users', async () => {
    await client.query('delete from follows')
    await client.query("update users set display_name = 'Renamed' where handle = 'bayko'")
    await client.query("update notifications set read_at = 'epoch'")
    await client.query(`delete from likes using activities crud
      where crud.uuid = activity_uuid and crud.expires_at > now() + interval '1 day'`)
    const before = await countActivityRows()
    await client.query(`with ended as (
        select uuid from activities where expires_at < now() + interval '1 hour' and reply_to_activity_uuid is null
      )
      update activities set created_at = now() - interval '2 hours', expires_at = now()
      where root_uuid in (select uuid from ended)`)
    const expired = await count('activities where expires_at <= now() and uuid = root_uuid')
    expect(expired).toBeGreaterThan(0)
    await client.query('delete from activities where expires_at <= now()')
    expect((await seed(postgres.url, accounts)).inserted).toBe(expired)
    expect((await seed(postgres.url, accounts)).inserted).toBe(0)
    expect(await countActivityRows()).toEqual(before)
    expect(
      await count("notifications where activity_uuid is not null and read_at is distinct from 'epoch'"),
    ).toBeGreaterThan(0)
    expect(await count('follows')).toBe(0)
    expect(await value('display_name', "users where handle = 'bayko'")).toBe('Renamed')
  })

  it('inserts a conversation again only after all its messages have expired', async () => {
    await client.query(
      "update messages set expires_at = now() where uuid <> (select uuid from messages where message ~ 'thermos')",
    )
    await client.query('delete from messages where expires_at <= now()')
    await client.query('update message_group_members set last_read_uuid = uuidv7()')
    await seed(postgres.url, accounts)
    const all = CONVERSATIONS.flatMap(({ messages }) => messages).length
    const [long] = CONVERSATIONS
    expect(await count('messages')).toBe(1 + all - (long?.messages.length ?? 0))
    expect(await unreadOf('andrewbrown')).toBe(0)

    await client.query("update messages set expires_at = now() where message ~ 'thermos'")
    await client.query('delete from messages where expires_at <= now()')
    await seed(postgres.url, accounts)
    expect(await count('messages')).toBe(all)
    expect(await count('message_groups')).toBe(CONVERSATIONS.length)
    expect(await unreadOf('andrewbrown')).toBe(3)
  })

  it('updates the subs of recreated accounts, and omits a person whose handle is taken', async () => {
    await client.query("update users set email = 'someone@else.example' where handle = 'nils'")
    await client.query('delete from activities')
    const recreated = { addUser: async ({ email }: { email: string }) => `new sub of ${email}` }
    expect(await seed(postgres.url, recreated)).toEqual({
      people: PEOPLE.length - 1,
      inserted: CRUDS.filter(({ by }) => by !== 'nils').length,
    })
    expect(await value('cognito_sub', "users where handle = 'bayko'")).toBe('new sub of bayko@example.com')
    expect(await value('cognito_sub', "users where handle = 'nils'")).toBe('sub of nils@example.com')
    for (const table of ['activities', 'likes', 'reposts', 'mentions']) {
      expect(await count(`${table} join users on users.uuid = user_uuid where handle = 'nils'`), table).toBe(0)
    }
  })
})

const notByTheAuthor = `reaction join activities on activities.uuid = reaction.activity_uuid
  where activities.user_uuid <> reaction.user_uuid`

async function unreadOf(handle: string): Promise<number> {
  return count(`message_group_members mine
    join messages message on message.message_group_uuid = mine.message_group_uuid and message.expires_at > now()
    where mine.user_uuid = (select uuid from users where handle = '${handle}')
      and mine.folder = 'inbox'
      and message.user_uuid <> mine.user_uuid
      and (mine.last_read_uuid is null or message.uuid > mine.last_read_uuid)`)
}

/** Returns the number of rows that refer to activities, by table. */
async function countActivityRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of ['feed_items', 'activity_tags', 'mentions', 'likes', 'reposts', 'notifications']) {
    counts[table] = await count(`${table} where activity_uuid is not null`)
  }
  return counts
}

async function contents(): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {}
  for (const table of TABLES) rows[table] = await value(`json_agg(row.*::text order by row.*::text)`, `${table} row`)
  return rows
}

async function count(where: string): Promise<number> {
  return Number(await value('count(*)', where))
}

async function value(what: string, where: string): Promise<unknown> {
  const { rows } = await client.query({ text: `select ${what} from ${where}`, rowMode: 'array' })
  return rows[0]?.[0]
}

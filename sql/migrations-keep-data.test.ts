import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Database, makeDatabase } from '../tests/harness/database.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './migrations.ts'

/** The newest migration of the previous release. Nothing is released yet, so this is the last migration of the baseline. */
const RELEASED = '0008_visibility.sql'

/** Some rows of every table. */
const DATA = `
  insert into users (cognito_sub, handle, display_name, email, theme)
  select 'sub-' || name, name, initcap(name), name || '@example.com', 'dark' from unnest(array['anna', 'ben', 'cleo']) name;
  insert into follows (follower_uuid, followed_uuid)
  select a.uuid, b.uuid from users a, users b where a.handle < b.handle;
  insert into blocks select cleo.uuid, anna.uuid from users cleo, users anna where cleo.handle = 'cleo' and anna.handle = 'anna';
  insert into mutes select ben.uuid, cleo.uuid from users ben, users cleo where ben.handle = 'ben' and cleo.handle = 'cleo';

  with created as (select uuidv7() as uuid, uuid as author from users where handle <> 'cleo')
  insert into activities (uuid, user_uuid, message, root_uuid, expires_at)
  select uuid, author, 'a crud #now', uuid, now() + interval '1 day' from created;
  insert into activities (user_uuid, message, reply_to_activity_uuid, root_uuid, expires_at)
  select ben.uuid, 'a reply', crud.uuid, crud.uuid, crud.expires_at from activities crud, users ben where ben.handle = 'ben';
  insert into feed_items (actor_uuid, activity_uuid, kind)
  select user_uuid, uuid, 'activity' from activities where reply_to_activity_uuid is null;
  insert into likes (user_uuid, activity_uuid)
  select users.uuid, activities.uuid from users, activities where user_uuid <> users.uuid;
  insert into reposts (user_uuid, activity_uuid)
  select users.uuid, activities.uuid from users, activities
  where user_uuid <> users.uuid and reply_to_activity_uuid is null and handle = 'ben';
  insert into activity_tags (tag, activity_uuid) select 'now', uuid from activities where message ~ '#now';
  insert into mentions (activity_uuid, user_uuid)
  select activities.uuid, users.uuid from activities, users where handle = 'cleo';
  insert into notifications (recipient_uuid, actor_uuid, kind, activity_uuid, read_at)
  select crud.user_uuid, likes.user_uuid, 'like', crud.uuid, now() from likes join activities crud on crud.uuid = activity_uuid;

  insert into message_groups (low_user_uuid, high_user_uuid)
  select least(a.uuid, b.uuid), greatest(a.uuid, b.uuid) from users a, users b where a.handle = 'anna' and b.handle = 'ben';
  insert into message_group_members (message_group_uuid, user_uuid)
  select uuid, unnest(array[low_user_uuid, high_user_uuid]) from message_groups;
  insert into messages (message_group_uuid, user_uuid, message)
  select uuid, unnest(array[low_user_uuid, high_user_uuid]), 'hello' from message_groups;
  insert into deleted_accounts (user_uuid) values (uuidv7());
  insert into deleted_subs (hash) values ('hash');
  insert into image_removals (avatar_key) values ('key');
  insert into reserved_handles (hash, until) values ('hash', now() + interval '90 days');
  insert into password_resets_due (email_hash) values ('hash');
  insert into sessions (hash, user_uuid, browser) select 'hash', uuid, 'Firefox' from users limit 1;
  insert into trending_tags (tag, score) values ('now', 1);
  insert into auth_attempts (hash, count, ends_at) values ('hash', 3, now() + interval '5 minutes');
  insert into idempotency_keys (hash, body_mac, activity_uuid)
  select 'hash', 'mac', uuid from activities limit 1;
`

const folder = mkdtempSync(join(tmpdir(), 'cruddur-released-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('migrations keep all rows and counts of the previous release', async () => {
  for (const name of readdirSync(MIGRATIONS).filter((name) => name <= RELEASED)) {
    cpSync(join(MIGRATIONS, name), join(folder, name))
  }
  const db = await makeDatabase('template0')
  expect((await migrate(db.url, { folder })).at(-1)).toBe(RELEASED)
  for (const statement of DATA.split(';\n').filter((text) => text.trim())) await db.sql(statement)
  const tables = await tablesOf(db)
  const before = await contentsOf(db, tables)
  for (const { name } of tables) expect(before[name], name).not.toEqual([])

  await migrate(db.url)
  expect(await contentsOf(db, tables)).toEqual(before)

  const wrongCounts = await db.sql(`
    select handle from users
    where followers_count <> (select count(*) from follows where followed_uuid = uuid)
      or following_count <> (select count(*) from follows where follower_uuid = uuid)
    union all
    select message from activities crud
    where stored_replies_count <> (select count(*) from activities reply where reply.reply_to_activity_uuid = crud.uuid)
    union all
    select 'conversation' from message_group_members
    where last_message_uuid is distinct from (select uuid from messages order by uuid desc limit 1)
      or last_received_uuid is distinct from (
        select uuid from messages where user_uuid <> message_group_members.user_uuid order by uuid desc limit 1
      )`)
  expect(wrongCounts).toEqual([])
  const visible = await db.sql(
    `select message from visible_activities((select uuid from users where handle = 'ben')) order by uuid`,
  )
  expect(visible.map(({ message }) => message)).toEqual(['a crud #now', 'a crud #now', 'a reply', 'a reply'])
})

test('migrates an empty database whose owner is not a superuser, as on Neon', async () => {
  const db = await makeDatabase('template0')
  const role = `owner_${crypto.randomUUID().replaceAll('-', '')}`
  await db.sql(`create role ${role} login createrole password 'sesame'`)
  // These roles exist already in the tests' cluster; elsewhere the owner creates them.
  await db.sql(`grant cruddur_functions, cruddur_worker to ${role} with admin true, set true`)
  const url = new URL(db.url)
  await db.sql(`alter database ${url.pathname.slice(1)} owner to ${role}`)
  url.username = role
  url.password = 'sesame'
  expect(await migrate(url.href)).toEqual(readdirSync(MIGRATIONS).sort())
  expect(await db.sql('select from users')).toEqual([])
})

type Table = { name: string; columns: string }

function tablesOf(db: Database): Promise<Table[]> {
  return db.sql<Table>(`
    select relname as name, string_agg(format('%I', attname), ', ' order by attnum) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('schema_migrations', 'releases')
      and attgenerated = ''
    group by relname order by relname`)
}

/** Returns all rows of the tables, with the given columns. */
async function contentsOf(db: Database, tables: Table[]): Promise<Record<string, unknown>> {
  const contents: Record<string, unknown> = {}
  for (const { name, columns } of tables) {
    contents[name] = (
      await db.sql(`select stored::text as text from (select ${columns} from ${name}) stored order by 1`)
    ).map(({ text }) => text)
  }
  return contents
}

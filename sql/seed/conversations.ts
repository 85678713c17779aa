import type pg from 'pg'
import type { Conversation } from './story/types.ts'

/** Inserts a conversation, unless the two have live messages: then a developer may have continued it. */
export async function insertConversation(
  client: pg.Client,
  uuids: Map<string, string>,
  { between, unread, is_request, messages }: Conversation,
): Promise<void> {
  const [reader, other] = between.map((handle) => uuids.get(handle))
  if (!reader || !other || (await hasLiveMessages(client, reader, other))) return
  await client.query(
    `with created as materialized (
       select uuidv7(make_interval(mins => -given.age)) as uuid, given.*
       from unnest($3::uuid[], $4::text[], $5::integer[]) with ordinality given (by, message, age, position)
     ),
     conversation as (
       insert into message_groups (uuid, low_user_uuid, high_user_uuid)
       values (uuidv7(make_interval(mins => -$6::integer)), least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid))
       on conflict on constraint message_groups__pair do update set low_user_uuid = excluded.low_user_uuid
       returning uuid
     ),
     sent as (
       insert into messages (uuid, message_group_uuid, user_uuid, message, created_at, expires_at)
       select created.uuid, conversation.uuid, created.by, created.message, uuid_extract_timestamp(created.uuid),
         uuid_extract_timestamp(created.uuid) + interval '30 days'
       from created, conversation
     )
     insert into message_group_members (message_group_uuid, user_uuid, last_read_uuid, folder)
     select conversation.uuid, member.uuid, created.uuid, member.folder
     from conversation
     cross join (values ($1::uuid, $7::integer, $9::text), ($2::uuid, $8::integer, 'inbox')) member (uuid, read, folder)
     left join created on created.position = member.read
     on conflict on constraint message_group_members__pair do update set last_read_uuid = excluded.last_read_uuid`,
    [
      reader,
      other,
      messages.map(({ by }) => uuids.get(by)),
      messages.map(({ message }) => message),
      messages.map(({ age }) => age),
      messages[0]?.age,
      messages.length - unread,
      messages.length,
      is_request ? 'requests' : 'inbox',
    ],
  )
}

async function hasLiveMessages(client: pg.Client, one: string, other: string): Promise<boolean> {
  const { rows } = await client.query(
    `select from message_groups conversation
     where conversation.low_user_uuid = least($1::uuid, $2::uuid)
       and conversation.high_user_uuid = greatest($1::uuid, $2::uuid)
       and exists (
         select from messages
         where messages.message_group_uuid = conversation.uuid and messages.expires_at > now()
       )`,
    [one, other],
  )
  return rows.length > 0
}

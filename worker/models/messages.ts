import * as z from 'zod/mini'
import groupsSql from '../../sql/queries/message_groups/list.sql'
import readSql from '../../sql/queries/message_groups/read.sql'
import showSql from '../../sql/queries/message_groups/show.sql'
import unreadSql from '../../sql/queries/message_groups/unread.sql'
import listSql from '../../sql/queries/messages/list.sql'
import madeSql from '../../sql/queries/messages/made.sql'
import sendSql from '../../sql/queries/messages/send.sql'
import { AppError } from '../contract/app-error.ts'
import type { List } from '../contract/list.ts'
import { type Message, type MessageGroup, message, messageGroup } from '../contract/message.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'
import { type Idempotency, once } from './idempotency.ts'
import { isUuid, type Paging, readCursor, toList } from './paging.ts'

const uuidOnly = z.object({ uuid: z.string() })

export const groups = query({
  name: 'message_groups/list',
  text: groupsSql,
  params: { ...VIEWER, before: 'uuid?', limit: 'integer' },
  row: z.extend(messageGroup, { place: z.string() }),
  requiresViewer: true,
})
export const group = query({
  name: 'message_groups/show',
  text: showSql,
  params: { ...VIEWER, message_group_uuid: 'uuid?', handle: 'text?' },
  row: messageGroup,
  requiresViewer: true,
})
export const unreadGroups = query({
  name: 'message_groups/unread',
  text: unreadSql,
  params: VIEWER,
  row: z.object({ count: z.number() }),
  requiresViewer: true,
})
export const readGroup = query({
  name: 'message_groups/read',
  text: readSql,
  params: { ...VIEWER, message_group_uuid: 'uuid' },
  row: uuidOnly,
  requiresViewer: true,
})
export const messages = query({
  name: 'messages/list',
  text: listSql,
  params: { ...VIEWER, message_group_uuid: 'uuid', before: 'uuid?', limit: 'integer' },
  row: message,
  requiresViewer: true,
})
export const send = query({
  name: 'messages/send',
  text: sendSql,
  params: { ...VIEWER, handle: 'text?', message_group_uuid: 'uuid?', message: 'text' },
  row: uuidOnly,
  requiresViewer: true,
})
export const made = query({ name: 'messages/made', text: madeSql, params: VIEWER, row: message, requiresViewer: true })

/** The viewer's conversations, the latest first; one without a live message is not among them. */
export async function groupsOf(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<MessageGroup>> {
  const [before = null] = readCursor(cursor, 1)
  const rows = await db.many(groups, { ...asViewer(viewer), before, limit: limit + 1 })
  const list = toList(rows, limit, (last) => last.place)
  return { ...list, data: list.data.map(({ place: _, ...rest }) => rest) }
}

/** One conversation. 404 for whoever does not take part in it. */
export async function showGroup(
  db: Db,
  viewer: Viewer,
  by: { uuid: string } | { handle: string },
): Promise<MessageGroup> {
  if ('uuid' in by && !isUuid(by.uuid)) throw new AppError('not_found')
  const values = 'uuid' in by ? { message_group_uuid: by.uuid, handle: null } : { message_group_uuid: null, ...by }
  const row = await db.first(group, { ...asViewer(viewer), ...values })
  if (!row) throw new AppError('not_found')
  return row
}

/** The live messages of a conversation, newest first. 404 for whoever does not take part in it. */
export async function messagesIn(
  db: Db,
  viewer: Viewer,
  uuid: string,
  { cursor, limit }: Paging,
): Promise<List<Message>> {
  const [before = null] = readCursor(cursor, 1)
  const found = showGroup(db, viewer, { uuid })
  const [rows] = await Promise.all([
    isUuid(uuid) ? db.many(messages, { ...asViewer(viewer), message_group_uuid: uuid, before, limit: limit + 1 }) : [],
    found,
  ])
  return toList(rows, limit, (last) => last.uuid)
}

/** In how many conversations something is unread. */
export async function unreadConversations(db: Db, viewer: Viewer): Promise<{ count: number }> {
  return (await db.first(unreadGroups, asViewer(viewer))) ?? { count: 0 }
}

/** Marks a conversation as read. 404 for whoever does not take part in it. */
export async function markGroupRead(db: Db, viewer: Viewer, uuid: string): Promise<void> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const row = await db.first(readGroup, { ...asViewer(viewer), message_group_uuid: uuid })
  if (!row) throw new AppError('not_found')
}

type Sending = { message: string } & ({ message_group_uuid: string } | { handle: string })

/**
 * Sends a message; the pair's one conversation is found or made.
 * @throws AppError recipient_unreachable (422) by handle: unknown, oneself or blocked; not_found for a conversation that
 * the viewer does not take part in.
 */
export async function sendMessage(
  db: Db,
  viewer: Viewer,
  sending: Sending,
  key: Idempotency | undefined,
): Promise<Message> {
  const { message: text } = sending
  const isForGroup = 'message_group_uuid' in sending
  const to = isForGroup
    ? { handle: null, message_group_uuid: sending.message_group_uuid }
    : { handle: sending.handle, message_group_uuid: null }
  const row = await once(db, key, async () => {
    const [, sent] = await Promise.all([
      db.first(send, { ...asViewer(viewer), ...to, message: text }),
      db.first(made, asViewer(viewer)),
    ])
    return sent
  })
  if (row) return row
  throw isForGroup ? new AppError('not_found') : new AppError([{ code: 'recipient_unreachable', field: 'handle' }])
}

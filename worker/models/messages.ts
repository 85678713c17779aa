import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import type { List } from '../contract/list.ts'
import { type Folder, type MessageGroup, messageGroup, type StoredMessage, storedMessage } from '../contract/message.ts'
import type { Db, Reader } from '../db/client.ts'
import { type Push, push } from '../db/nudged.ts'
import { readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { type Idempotency, keyValues } from './idempotency.ts'
import { isUuid, type Paging, readCursor, toList } from './paging.ts'

export const readMessageGroups = readFunction({
  name: 'read_message_groups',
  params: { viewer_sub: 'text', listed_folder: 'text', before: 'uuid?', page_size: 'integer' },
  row: z.extend(messageGroup, { position: z.string() }),
  requiresViewer: true,
})
export const readMessageGroup = readFunction({
  name: 'read_message_group',
  params: { viewer_sub: 'text', conversation_uuid: 'uuid?', handle: 'text?' },
  row: messageGroup,
  requiresViewer: true,
})
export const countUnreadConversations = readFunction({
  name: 'count_unread_conversations',
  params: { viewer_sub: 'text' },
  row: z.object({ count: z.number() }),
  requiresViewer: true,
})
export const markConversationRead = writeFunction({
  name: 'mark_conversation_read',
  params: { viewer_sub: 'text', conversation_uuid: 'uuid' },
  row: z.object({}),
  requiresViewer: true,
  allowsSuspended: true,
})
export const acceptConversationFunction = writeFunction({
  name: 'accept_conversation',
  params: { viewer_sub: 'text', conversation_uuid: 'uuid' },
  row: z.object({}),
  requiresViewer: true,
})
export const declineConversationFunction = writeFunction({
  name: 'decline_conversation',
  params: { viewer_sub: 'text', conversation_uuid: 'uuid' },
  row: z.object({}),
  requiresViewer: true,
  allowsSuspended: true,
})
export const readMessages = readFunction({
  name: 'read_messages',
  params: { viewer_sub: 'text', conversation_uuid: 'uuid', before: 'uuid?', page_size: 'integer' },
  row: storedMessage,
  requiresViewer: true,
  expiresAt: (row) => row.expires_at,
})
export const sendMessageFunction = writeFunction({
  name: 'send_message',
  params: {
    viewer_sub: 'text',
    handle: 'text?',
    conversation_uuid: 'uuid?',
    message_text: 'text',
    key_hash: 'text?',
    body_mac: 'text?',
  },
  row: z.extend(storedMessage, { recipient_uuid: z.nullable(z.string()), push: z.nullable(push) }),
  requiresViewer: true,
  expiresAt: (row) => row.expires_at,
})

export const deleteMessageFunction = writeFunction({
  name: 'delete_message',
  params: { viewer_sub: 'text', message_uuid: 'uuid' },
  row: z.object({ conversation_uuid: z.string(), other_uuid: z.nullable(z.string()) }),
  requiresViewer: true,
  allowsSuspended: true,
})

/** Returns the viewer's conversations in a folder that have a live message, latest first. */
export async function groupsOf(
  db: Db,
  viewer: Viewer,
  { folder, cursor, limit }: Paging & { folder: Folder },
): Promise<List<MessageGroup>> {
  const [before = null] = readCursor(cursor, 1)
  const values = { viewer_sub: viewer.sub, listed_folder: folder, before, page_size: limit + 1 }
  const rows = await db.read(readMessageGroups, values)
  const list = toList(rows, limit, (last) => last.position)
  return { ...list, data: list.data.map(({ position: _, ...rest }) => rest) }
}

/** Returns a conversation of the viewer. @throws AppError not_found, also if the viewer is not a member. */
export async function showGroup(
  db: Db,
  viewer: Viewer,
  by: { uuid: string } | { handle: string },
): Promise<MessageGroup> {
  if ('uuid' in by && !isUuid(by.uuid)) throw new AppError('not_found')
  const values = 'uuid' in by ? { conversation_uuid: by.uuid, handle: null } : { conversation_uuid: null, ...by }
  const row = await db.readOne(readMessageGroup, { viewer_sub: viewer.sub, ...values })
  if (!row) throw new AppError('not_found')
  return row
}

/** Returns the live messages of a conversation, newest first. @throws AppError not_found, also if the viewer is not a member. */
export async function messagesIn(
  db: Db,
  viewer: Viewer,
  uuid: string,
  { cursor, limit }: Paging,
): Promise<List<StoredMessage>> {
  const [before = null] = readCursor(cursor, 1)
  const [rows] = await Promise.all([
    isUuid(uuid)
      ? db.read(readMessages, { viewer_sub: viewer.sub, conversation_uuid: uuid, before, page_size: limit + 1 })
      : [],
    showGroup(db, viewer, { uuid }),
  ])
  return toList(rows, limit, (last) => last.uuid)
}

/** Returns the number of conversations with unread messages, without requests. */
export async function unreadConversations(db: Reader, viewer: Viewer): Promise<{ count: number }> {
  return (await db.readOne(countUnreadConversations, { viewer_sub: viewer.sub })) ?? { count: 0 }
}

/** Marks a conversation as read. @throws AppError not_found, also if the viewer is not a member. */
export async function markGroupRead(db: Db, viewer: Viewer, uuid: string): Promise<void> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  await db.writeOne(markConversationRead, { viewer_sub: viewer.sub, conversation_uuid: uuid })
}

/** Accepts a message request. Idempotent. @throws AppError not_found, also if the viewer is not a member. */
export async function acceptConversation(db: Db, viewer: Viewer, uuid: string): Promise<void> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  await db.writeOne(acceptConversationFunction, { viewer_sub: viewer.sub, conversation_uuid: uuid })
}

/** Declines a message request: the viewer sees it no more. @throws AppError not_found; not_a_request if it is in the inbox. */
export async function declineConversation(db: Db, viewer: Viewer, uuid: string): Promise<void> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  await db.writeOne(declineConversationFunction, { viewer_sub: viewer.sub, conversation_uuid: uuid })
}

type NewMessage = { message: string } & ({ message_group_uuid: string } | { handle: string })

/**
 * Sends a message; finds or creates the pair's conversation. Also returns the recipient to nudge, and what to push to them: both null
 * if they have declined the conversation, or if the message was sent before with this key.
 * @throws AppError recipient_unreachable for an unknown or blocked user, or the viewer; not_found for a conversation of others;
 * gone if the message sent with this idempotency key has expired; stranger_messages_used_up and new_account_limit over a limit.
 */
export async function sendMessage(
  db: Db,
  viewer: Viewer,
  sending: NewMessage,
  key: Idempotency | undefined,
): Promise<{ sent: StoredMessage; recipientUuid: string | null; pushed: Push | null }> {
  const row = await db.writeOne(sendMessageFunction, {
    viewer_sub: viewer.sub,
    handle: 'handle' in sending ? sending.handle : null,
    conversation_uuid: 'message_group_uuid' in sending ? sending.message_group_uuid : null,
    message_text: sending.message,
    ...keyValues(key),
  })
  if (!row) throw new AppError('gone')
  const { recipient_uuid: recipientUuid, push: pushed, ...sent } = row
  return { sent, recipientUuid, pushed }
}

/**
 * Deletes a message of the viewer's, for both. Returns its conversation and the other member.
 * @throws AppError not_found for another user's message, and for one that has expired or was deleted.
 */
export async function deleteMessage(
  db: Db,
  viewer: Viewer,
  uuid: string,
): Promise<{ conversationUuid: string; otherUuid: string | null }> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const row = await db.writeOne(deleteMessageFunction, { viewer_sub: viewer.sub, message_uuid: uuid })
  if (!row) throw new AppError('not_found')
  return { conversationUuid: row.conversation_uuid, otherUuid: row.other_uuid }
}

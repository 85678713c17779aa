import { requireUser } from '../auth/require.ts'
import { readerOf } from '../context.ts'
import { listOf, listQuery } from '../contract/list.ts'
import {
  message,
  messageGroup,
  messageGroupsQuery,
  messageToGroup,
  messageToUser,
  unreadConversations as unreadConversationsCount,
} from '../contract/message.ts'
import { newApp } from '../hono-env.ts'
import { nudgeConversation } from '../live/nudge.ts'
import { sendPushes } from '../live/push.ts'
import { idempotency } from '../middleware/idempotency.ts'
import {
  acceptConversation,
  declineConversation,
  deleteMessage,
  groupsOf,
  markGroupRead,
  messagesIn,
  sendMessage,
  showGroup,
  unreadConversations,
} from '../models/messages.ts'
import { deletedMessage, sentMessage } from '../observe/events.ts'
import { describe } from './describe.ts'
import { toMessage } from './from-stored.ts'
import { handleFromSegment } from './handle-from-segment.ts'
import { bodyBy, query } from './validate.ts'

/** Routes of /api/message_groups: conversations. Anyone but the two members gets 404. */
export const messageGroups = newApp()
  .get(
    '/',
    describe({
      summary: 'The viewer’s conversations in a folder, latest first',
      answers: { 200: listOf(messageGroup) },
    }),
    requireUser,
    query(messageGroupsQuery),
    async (c) => {
      return c.json(await groupsOf(c.env.db, c.var.viewer, c.req.valid('query')), 200)
    },
  )
  .get(
    '/unread',
    describe({ summary: 'How many conversations have unread messages', answers: { 200: unreadConversationsCount } }),
    requireUser,
    async (c) => {
      return c.json(await unreadConversations(readerOf(c.env), c.var.viewer), 200)
    },
  )
  .get(
    '/with/:at_handle',
    describe({ summary: 'The conversation with a user', answers: { 200: messageGroup } }),
    requireUser,
    async (c) => {
      return c.json(
        await showGroup(c.env.db, c.var.viewer, { handle: handleFromSegment(c.req.param('at_handle')) }),
        200,
      )
    },
  )
  .get('/:uuid', describe({ summary: 'A conversation', answers: { 200: messageGroup } }), requireUser, async (c) => {
    return c.json(await showGroup(c.env.db, c.var.viewer, { uuid: c.req.param('uuid') }), 200)
  })
  .get(
    '/:uuid/messages',
    describe({ summary: 'Messages of a conversation, newest first', answers: { 200: listOf(message) } }),
    requireUser,
    query(listQuery),
    async (c) => {
      const { viewer } = c.var
      const { data, next_cursor } = await messagesIn(c.env.db, viewer, c.req.param('uuid'), c.req.valid('query'))
      return c.json({ data: await Promise.all(data.map((stored) => toMessage(c.env, stored))), next_cursor }, 200)
    },
  )
  .post(
    '/:uuid/read',
    describe({ summary: 'Mark a conversation as read', answers: { 204: null } }),
    requireUser,
    async (c) => {
      await markGroupRead(c.env.db, c.var.viewer, c.req.param('uuid'))
      return c.body(null, 204)
    },
  )
  .post(
    '/:uuid/accept',
    describe({ summary: 'Accept a message request', answers: { 204: null } }),
    requireUser,
    async (c) => {
      await acceptConversation(c.env.db, c.var.viewer, c.req.param('uuid'))
      return c.body(null, 204)
    },
  )
  .delete(
    '/:uuid',
    describe({
      summary: 'Decline a message request, without telling the sender',
      answers: { 204: null },
      errors: ['not_a_request'],
    }),
    requireUser,
    async (c) => {
      await declineConversation(c.env.db, c.var.viewer, c.req.param('uuid'))
      return c.body(null, 204)
    },
  )

/** Routes of /api/messages: send a message to one user, delete one's own. */
export const messages = newApp()
  .post(
    '/',
    describe({
      summary: 'Send a message, in a conversation or to a user',
      answers: { 201: message },
      errors: ['not_found', 'recipient_unreachable', 'stranger_messages_used_up', 'new_account_limit'],
    }),
    requireUser,
    idempotency,
    bodyBy('message_group_uuid', messageToGroup, messageToUser),
    async (c) => {
      const { viewer, idempotency: key } = c.var
      const { sent, recipientUuid, pushed } = await sendMessage(c.env.db, viewer, c.req.valid('json'), key)
      nudgeConversation(c.env, [recipientUuid, c.env.db.viewerUuid], sent.message_group_uuid)
      if (pushed) sendPushes(c.env, [pushed])
      sentMessage(c.env, sent.uuid)
      return c.json(await toMessage(c.env, sent), 201)
    },
  )
  .delete(
    '/:uuid',
    describe({ summary: 'Delete one’s own message, for both', answers: { 204: null } }),
    requireUser,
    async (c) => {
      const { conversationUuid, otherUuid } = await deleteMessage(c.env.db, c.var.viewer, c.req.param('uuid'))
      nudgeConversation(c.env, [otherUuid, c.env.db.viewerUuid], conversationUuid)
      deletedMessage(c.env, c.req.param('uuid'))
      return c.body(null, 204)
    },
  )

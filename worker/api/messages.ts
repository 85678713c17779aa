import { requireUser } from '../auth/require.ts'
import { listQuery } from '../contract/list.ts'
import { messageIntoGroup, messageToPerson } from '../contract/message.ts'
import { newApp } from '../hono-env.ts'
import { idempotency } from '../middleware/idempotency.ts'
import { groupsOf, markGroupRead, messagesIn, sendMessage, showGroup, unreadConversations } from '../models/messages.ts'
import { sentMessage } from '../observe/events.ts'
import { handleIn } from './at-handle.ts'
import { bodyBy, search } from './validate.ts'

/** /api/message_groups: conversations. Whoever does not take part in one gets 404. */
export const messageGroups = newApp()
  .get('/', requireUser, search(listQuery), async (c) => {
    return c.json(await groupsOf(c.env.db, c.var.viewer, c.req.valid('query')), 200)
  })
  .get('/unread', requireUser, async (c) => {
    return c.json(await unreadConversations(c.env.db, c.var.viewer), 200)
  })
  .get('/with/:at_handle', requireUser, async (c) => {
    return c.json(await showGroup(c.env.db, c.var.viewer, { handle: handleIn(c.req.param('at_handle')) }), 200)
  })
  .get('/:uuid', requireUser, async (c) => {
    return c.json(await showGroup(c.env.db, c.var.viewer, { uuid: c.req.param('uuid') }), 200)
  })
  .get('/:uuid/messages', requireUser, search(listQuery), async (c) => {
    return c.json(await messagesIn(c.env.db, c.var.viewer, c.req.param('uuid'), c.req.valid('query')), 200)
  })
  .post('/:uuid/read', requireUser, async (c) => {
    await markGroupRead(c.env.db, c.var.viewer, c.req.param('uuid'))
    return c.body(null, 204)
  })

/** /api/messages: saying something to one person. */
export const messages = newApp().post(
  '/',
  requireUser,
  idempotency,
  bodyBy('message_group_uuid', messageIntoGroup, messageToPerson),
  async (c) => {
    const { viewer, idempotency: key } = c.var
    const sent = await sendMessage(c.env.db, viewer, c.req.valid('json'), key)
    sentMessage(c.env, sent.uuid)
    return c.json(sent, 201)
  },
)

import * as z from 'zod/mini'
import { MESSAGE_MAX } from './limits.ts'
import { listQuery } from './list.ts'
import { text } from './text.ts'
import { handle, user } from './user.ts'

/** A message as Postgres returns it, without its `report_token`. */
export const storedMessage = z.object({
  uuid: z.string(),
  message_group_uuid: z.string(),
  message: z.string(),
  created_at: z.string(),
  expires_at: z.string(),
  user,
})
export type StoredMessage = z.infer<typeof storedMessage>

/** A direct message. `report_token`: for POST /api/reports by its recipient, also when the message has ended. */
export const message = z.extend(storedMessage, { report_token: z.string() })
message.register(z.globalRegistry, { id: 'message' })
export type Message = z.infer<typeof message>

/** Where a member finds a conversation. `requests`: a stranger has written, and the member has neither answered nor accepted. */
const folder = z.enum(['inbox', 'requests'])
export type Folder = z.infer<typeof folder>

/** Query of the list of conversations. */
export const messageGroupsQuery = z.extend(listQuery, { folder: z._default(folder, 'inbox') })

/** A conversation. `user`: the other member. */
export const messageGroup = z.object({
  uuid: z.string(),
  folder,
  user,
  last_message: z.nullable(z.object({ message: z.string(), created_at: z.string(), user_uuid: z.string() })),
  unread_count: z.number(),
})
messageGroup.register(z.globalRegistry, { id: 'message_group' })
export type MessageGroup = z.infer<typeof messageGroup>

/** Number of conversations with unread messages, without requests. */
export const unreadConversations = z.object({ count: z.number() })

const messageText = text({
  blank: 'message_blank',
  tooLong: 'message_exceed_max_chars_1024',
  invalid: 'message_invalid',
  max: MESSAGE_MAX,
})

/** Body of POST /api/messages that sends to a conversation. */
export const messageToGroup = z.object({
  message: messageText,
  message_group_uuid: z.uuid({ error: 'message_group_uuid_blank' }),
})

const receiver = z.string({
  error: ({ input }) => (input === undefined ? 'user_reciever_handle_blank' : 'handle_blank'),
})

/** Body of POST /api/messages that sends to a user. */
export const messageToUser = z.object({ message: messageText, handle: z.pipe(receiver, handle) })

import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { List } from '../../worker/contract/list.ts'
import type { Message, MessageGroup } from '../../worker/contract/message.ts'
import { field } from '../forms/form.ts'
import { idempotencyHeaders } from '../forms/idempotency-key.ts'
import { type SubmitMutation, submissionKey } from '../forms/submissions.ts'
import { type Api, ApiError, read } from '../net/api.ts'
import { pollOptions } from '../net/polling.ts'
import type { LoaderContext } from '../routing/loader-context.ts'
import { paths } from '../routing/paths.ts'
import { keepItems, structuralSharing } from './cache-updates.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

const STALE_MS = 15_000
/** Polling interval of an open conversation, in ms. */
const CONVERSATION_EVERY = 5_000

/** A cached message. `key`: the idempotency key that it was sent under here, so that it stays the same element. */
export type HeldMessage = Message & { key?: string }
type Pages = InfiniteData<List<HeldMessage>, string | null>

const from = (cursor: string | null) => (cursor ? { cursor } : {})
const ofGroup = (uuid: string) => ({ param: { uuid } })

/** The viewer's conversations, the latest first, from `start` on (a cursor, or null). */
export const messageGroupsQuery = (api: Api, start: string | null) =>
  infiniteQueryOptions({
    queryKey: ['message_groups', start] as const,
    queryFn: ({ pageParam }) => read(api.message_groups.$get({ query: from(pageParam) })),
    initialPageParam: start,
    getNextPageParam: (last) => last.next_cursor,
    structuralSharing,
    staleTime: STALE_MS,
    ...pollOptions(),
  })

/** A conversation: the other user, and the unread count. */
export const messageGroupQuery = (api: Api, uuid: string) =>
  queryOptions({
    queryKey: ['message_group', uuid],
    queryFn: () => read(api.message_groups[':uuid'].$get(ofGroup(uuid))),
    staleTime: STALE_MS,
  })

/** The conversation with a user; null if there is none. */
export async function findMessageGroup(api: Api, handle: string): Promise<MessageGroup | null> {
  try {
    return await read(api.message_groups.with[':at_handle'].$get({ param: { at_handle: `@${handle}` } }))
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** The messages of a conversation, newest first. `newMessagesQuery` adds later ones. */
export const messagesQuery = (api: Api, uuid: string, start: string | null) =>
  infiniteQueryOptions({
    queryKey: ['messages', uuid, start] as const,
    queryFn: async ({ pageParam }): Promise<List<HeldMessage>> =>
      read(api.message_groups[':uuid'].messages.$get({ ...ofGroup(uuid), query: from(pageParam) })),
    initialPageParam: start,
    getNextPageParam: (last) => last.next_cursor,
    structuralSharing,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Polls for new messages of an open conversation and adds them to the list. */
export const newMessagesQuery = (api: Api, uuid: string) =>
  queryOptions({
    queryKey: ['arrivals', uuid],
    queryFn: async ({ client }) => {
      takeIn(client, uuid, await read(api.message_groups[':uuid'].messages.$get({ ...ofGroup(uuid), query: {} })))
      return null
    },
    ...pollOptions(CONVERSATION_EVERY),
  })

/** Refetches the conversations: their order, last messages and counts have changed. */
export function removeConversations(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: ['message_groups'] })
  void queries.invalidateQueries({ queryKey: ['unread_messages'] })
}

/** Marks a conversation as read. */
export async function markGroupRead(api: Api, queries: QueryClient, uuid: string): Promise<void> {
  await read(api.message_groups[':uuid'].read.$post(ofGroup(uuid)))
  queries.setQueryData<MessageGroup>(['message_group', uuid], (group) => group && { ...group, unread_count: 0 })
  removeConversations(queries)
}

/** The mutation key under which messages are sent into a conversation from its page. */
export const sendKey = (uuid: string) => submissionKey(paths.conversation(uuid))

/** A message on its way. `key`: its idempotency key, which stays with it. */
export type PendingMessage = { key: string; message: string }

export const pendingMessage = (form: FormData): PendingMessage => ({
  key: field(form, 'idempotency_key'),
  message: field(form, 'message'),
})

/** Sends a form's `message` into a conversation; one at a time, so that they arrive in the order in which they were written. */
export const sendMessage = ({ api, queries }: Tools, uuid: string): SubmitMutation => ({
  scope: { id: `send ${uuid}` },
  mutationFn: async (form) => {
    const { key, message } = pendingMessage(form)
    const json = { message, message_group_uuid: uuid }
    const sent = await read(api.messages.$post({ json }, await idempotencyHeaders(form)))
    insert(queries, uuid, [{ ...sent, key }])
    removeConversations(queries)
  },
})

/** Newest first, as the API has it; uuids are in the order of sending. */
const inOrder = (messages: HeldMessage[]) => messages.sort((a, b) => (a.uuid < b.uuid ? 1 : -1))

/** Inserts messages into the list, each once. */
function insert(queries: QueryClient, uuid: string, fresh: readonly HeldMessage[]): void {
  queries.setQueryData<Pages>(['messages', uuid, null], (held) => {
    const [first, ...rest] = held?.pages ?? []
    if (!held || !first) return held
    const uuids = new Set(fresh.map((message) => message.uuid))
    const data = inOrder([...fresh, ...first.data.filter((message) => !uuids.has(message.uuid))])
    return { ...held, pages: [{ ...first, data }, ...rest] }
  })
}

/** Adds the messages of a newest page that the list does not have. */
function takeIn(queries: QueryClient, uuid: string, newest: List<Message>): void {
  const held = queries.getQueryData<Pages>(['messages', uuid, null])
  const group = queries.getQueryData<MessageGroup>(['message_group', uuid])
  const known = new Set(held?.pages.flatMap((page) => page.data.map((message) => message.uuid)))
  // The viewer's pending ones are shown already; the response to the write inserts them.
  const sending = queries.isMutating({ mutationKey: sendKey(uuid) }) > 0
  const theirs = ({ user }: Message) => user.uuid === group?.user.uuid
  const fresh = newest.data.filter((message) => !known.has(message.uuid) && (!sending || theirs(message)))
  if (fresh.length === 0) return
  const gap = known.size > 0 && newest.next_cursor !== null && !newest.data.some(({ uuid }) => known.has(uuid))
  // More arrived than fit into a page: start again with it, the rest is behind "Earlier messages".
  if (gap) queries.setQueryData<Pages>(['messages', uuid, null], { pages: [newest], pageParams: [null] })
  else insert(queries, uuid, fresh)
  const unread = fresh.filter(theirs).length
  if (group && unread > 0) {
    queries.setQueryData(['message_group', uuid], { ...group, unread_count: group.unread_count + unread })
  }
  removeConversations(queries)
}

/** Removes messages that have expired by `now` (ms, the server's clock). */
export function removeExpiredMessages(queries: QueryClient, now: number): void {
  keepItems<Message>(queries, { queryKey: ['messages'] }, (message) => Date.parse(message.expires_at) > now)
}

import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { List } from '../../../worker/contract/list.ts'
import type { Folder, Message, MessageGroup } from '../../../worker/contract/message.ts'
import { field } from '../../forms/field.ts'
import { idempotencyHeaders } from '../../forms/idempotency-key.ts'
import { type SubmitMutation, submissionKey } from '../../forms/submissions.ts'
import { type Api, ApiError, ignoreStatus, read } from '../../net/api.ts'
import { rarePollOptions } from '../../net/polling.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { filterItems, structuralSharing } from '../cache/cache-updates.ts'
import type { Deletion } from '../cache/delete-with-undo.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

const STALE_MS = 15_000
/** Polling interval of an open conversation and of the list of conversations, in ms. */
const MESSAGES_INTERVAL_MS = 5_000

/** A cached message. `key`: its idempotency key, if it was sent in this tab: the React key of it and its pending message. */
export type CachedMessage = Message & { key?: string }
const MESSAGE_LISTS = { queryKey: ['messages'] }
type Pages = InfiniteData<List<CachedMessage>, string | null>

const cursorParam = (cursor: string | null) => (cursor ? { cursor } : {})
const groupParam = (uuid: string) => ({ param: { uuid } })

/** The viewer's conversations in a folder, the latest first, from `start` on (a cursor, or null). */
export const conversationsQuery = (api: Api, start: string | null, folder: Folder = 'inbox') =>
  infiniteQueryOptions({
    queryKey: ['message_groups', folder, start] as const,
    queryFn: ({ pageParam }) => read(api.message_groups.$get({ query: { folder, ...cursorParam(pageParam) } })),
    initialPageParam: start,
    getNextPageParam: (last) => last.next_cursor,
    structuralSharing,
    staleTime: STALE_MS,
    ...rarePollOptions(folder === 'inbox' ? MESSAGES_INTERVAL_MS : undefined),
  })

/** A conversation: the other user, and the unread count. */
export const conversationQuery = (api: Api, uuid: string) =>
  queryOptions({
    queryKey: ['message_group', uuid],
    queryFn: () => read(api.message_groups[':uuid'].$get(groupParam(uuid))),
    staleTime: STALE_MS,
  })

/** The conversation with a user; null if there is none. */
export async function findConversation(api: Api, handle: string): Promise<MessageGroup | null> {
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
    queryFn: async ({ pageParam }): Promise<List<CachedMessage>> =>
      read(api.message_groups[':uuid'].messages.$get({ ...groupParam(uuid), query: cursorParam(pageParam) })),
    initialPageParam: start,
    getNextPageParam: (last) => last.next_cursor,
    structuralSharing,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Polls the newest messages of an open conversation and shows them in the list. */
export const newMessagesQuery = (api: Api, uuid: string) =>
  queryOptions({
    queryKey: ['new_messages', uuid],
    queryFn: async ({ client }) => {
      showNewest(
        client,
        uuid,
        await read(api.message_groups[':uuid'].messages.$get({ ...groupParam(uuid), query: {} })),
      )
      return null
    },
    ...rarePollOptions(MESSAGES_INTERVAL_MS),
  })

/** Refetches the conversations: their order, last messages and counts have changed. */
export function refetchConversations(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: ['message_groups'] })
  void queries.invalidateQueries({ queryKey: ['unread_messages'] })
}

/** Shows a cached conversation as one of the inbox: writing accepts a request. */
export function showInInbox(queries: QueryClient, uuid: string): void {
  queries.setQueryData<MessageGroup>(['message_group', uuid], (group) => group && { ...group, folder: 'inbox' })
  removeFromRequests(queries, uuid)
}

export function removeFromRequests(queries: QueryClient, uuid: string): void {
  filterItems<MessageGroup>(queries, { queryKey: ['message_groups', 'requests'] }, (group) => group.uuid !== uuid)
}

/** Marks a conversation as read. */
export async function markConversationRead(api: Api, queries: QueryClient, uuid: string): Promise<void> {
  await read(api.message_groups[':uuid'].read.$post(groupParam(uuid)))
  queries.setQueryData<MessageGroup>(['message_group', uuid], (group) => group && { ...group, unread_count: 0 })
  refetchConversations(queries)
}

/** Returns the mutation key of the messages that are sent on a conversation's page. */
export const sendKey = (uuid: string) => submissionKey(paths.conversation(uuid))

/** A message that is being sent. `key`: its idempotency key. */
export type PendingMessage = { key: string; message: string }

export const pendingMessage = (form: FormData): PendingMessage => ({
  key: field(form, 'idempotency_key'),
  message: field(form, 'message'),
})

/** Returns the mutation that sends a form's `message`. A conversation's messages are sent one at a time, in order. */
export const sendMessage = ({ api, queries }: Tools, uuid: string): SubmitMutation => ({
  scope: { id: `send ${uuid}` },
  mutationFn: async (form) => {
    const { key, message } = pendingMessage(form)
    const json = { message, message_group_uuid: uuid }
    const sent = await read(api.messages.$post({ json }, await idempotencyHeaders(form)))
    insertMessages(queries, uuid, [{ ...sent, key }])
    showInInbox(queries, uuid)
    refetchConversations(queries)
  },
})

/** The deletion of a message of the viewer's, for both users. */
export const messageDeletion = ({ api, queries }: Tools, uuid: string): Deletion => ({
  uuid,
  deletedText: 'Deleted for both of you.',
  failureText: 'Your message wasn’t deleted.',
  // 404: already deleted in another tab, or expired.
  send: async (init) => {
    await read(api.messages[':uuid'].$delete({ param: { uuid } }, { init })).catch(ignoreStatus(404))
  },
  remove: () => {
    filterItems<Message>(queries, MESSAGE_LISTS, (message) => message.uuid !== uuid)
    refetchConversations(queries)
  },
})

/** Sorts messages newest first, as the API does; uuids are in the order of sending. */
const sortNewestFirst = (messages: CachedMessage[]) => messages.sort((a, b) => (a.uuid < b.uuid ? 1 : -1))

/** Inserts messages into the cached list, without duplicates. */
function insertMessages(queries: QueryClient, uuid: string, fresh: readonly CachedMessage[]): void {
  queries.setQueryData<Pages>(['messages', uuid, null], (list) => {
    const [first, ...rest] = list?.pages ?? []
    if (!list || !first) return list
    const uuids = new Set(fresh.map((message) => message.uuid))
    const data = sortNewestFirst([...fresh, ...first.data.filter((message) => !uuids.has(message.uuid))])
    return { ...list, pages: [{ ...first, data }, ...rest] }
  })
}

/** Merges the newest page into the cached list: adds new messages, and removes messages that the other user has deleted. */
function showNewest(queries: QueryClient, uuid: string, newest: List<Message>): void {
  const list = queries.getQueryData<Pages>(['messages', uuid, null])
  const group = queries.getQueryData<MessageGroup>(['message_group', uuid])
  const known = new Set(list?.pages.flatMap((page) => page.data.map((message) => message.uuid)))
  // While the viewer sends, skip their own: the response to the write inserts the message.
  const isSending = queries.isMutating({ mutationKey: sendKey(uuid) }) > 0
  const isByOther = ({ user }: Message) => user.uuid === group?.user.uuid
  const listed = new Set(newest.data.map((message) => message.uuid))
  const oldest = newest.next_cursor === null ? '' : (newest.data.at(-1)?.uuid ?? '')
  const isDeleted = (message: Message) => isByOther(message) && message.uuid >= oldest && !listed.has(message.uuid)
  filterItems<Message>(queries, { queryKey: ['messages', uuid] }, (message) => !isDeleted(message))
  const fresh = newest.data.filter((message) => !known.has(message.uuid) && (!isSending || isByOther(message)))
  if (fresh.length === 0) return
  const hasGap = known.size > 0 && newest.next_cursor !== null && !newest.data.some(({ uuid }) => known.has(uuid))
  // More arrived than fit into a page: replace the list; "Earlier messages" loads the rest.
  if (hasGap) queries.setQueryData<Pages>(['messages', uuid, null], { pages: [newest], pageParams: [null] })
  else insertMessages(queries, uuid, fresh)
  const unread = fresh.filter(isByOther).length
  if (group && unread > 0) {
    queries.setQueryData(['message_group', uuid], { ...group, unread_count: group.unread_count + unread })
  }
  refetchConversations(queries)
}

/** Removes messages that have expired by `now` (ms, the server's clock). */
export function removeExpiredMessages(queries: QueryClient, now: number): void {
  filterItems<Message>(queries, MESSAGE_LISTS, (message) => Date.parse(message.expires_at) > now)
}

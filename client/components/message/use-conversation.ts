import { useMutationState, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { useApi } from '../../app-context.tsx'
import { ApiError } from '../../net/api.ts'
import {
  markGroupRead,
  newMessagesQuery,
  type PendingMessage,
  pendingMessage,
  sendKey,
} from '../../queries/messages.ts'

const subscribe = (changed: () => void) => {
  document.addEventListener('visibilitychange', changed)
  return () => document.removeEventListener('visibilitychange', changed)
}

/** Whether the page can be seen; false on the server and while hydrating. */
const useVisible = () =>
  useSyncExternalStore(
    subscribe,
    () => document.visibilityState === 'visible',
    () => false,
  )

/** Marks a conversation as read once the end of it is on screen: `seen`. `unread`: how many messages are not. */
export function useMarkRead(uuid: string, unread: number, seen: boolean): void {
  const api = useApi()
  const queries = useQueryClient()
  const visible = useVisible()
  useEffect(() => {
    // Whatever is in the way of it, the next opening or the next message tries again.
    if (visible && seen && unread > 0) markGroupRead(api, queries, uuid).catch(() => {})
  }, [api, queries, uuid, visible, seen, unread])
}

/** Looks for new messages while the conversation is open. True once it is not the viewer's any more: one blocked the other. */
export function useNewMessages(uuid: string, enabled: boolean): boolean {
  const { error } = useQuery({ ...newMessagesQuery(useApi(), uuid), enabled })
  return error instanceof ApiError && error.status === 404
}

/** The messages on their way into a conversation, oldest first. */
export const usePendingMessages = (uuid: string): PendingMessage[] =>
  useMutationState({
    filters: { mutationKey: sendKey(uuid), status: 'pending' },
    select: ({ state: { variables } }) => pendingMessage(variables instanceof FormData ? variables : new FormData()),
  })

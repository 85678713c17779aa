import { useMutationState, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { useApi } from '../../app-context.tsx'
import { ApiError } from '../../net/api.ts'
import {
  markConversationRead,
  newMessagesQuery,
  type PendingMessage,
  pendingMessage,
  sendKey,
} from '../../queries/messages/messages.ts'

const subscribe = (changed: () => void) => {
  document.addEventListener('visibilitychange', changed)
  return () => document.removeEventListener('visibilitychange', changed)
}

/** Whether the tab is visible; false on the server and while hydrating. */
const useVisible = () =>
  useSyncExternalStore(
    subscribe,
    () => document.visibilityState === 'visible',
    () => false,
  )

/** Marks a conversation with unread messages as read while its end is on screen and the tab is visible. */
export function useMarkConversationRead(uuid: string, unreadCount: number, isEndShown: boolean): void {
  const api = useApi()
  const queries = useQueryClient()
  const visible = useVisible()
  useEffect(() => {
    // On failure, the next visit or message tries again.
    if (visible && isEndShown && unreadCount > 0) markConversationRead(api, queries, uuid).catch(() => {})
  }, [api, queries, uuid, visible, isEndShown, unreadCount])
}

/** Polls for new messages. Returns true once the conversation is closed: one user blocked the other. */
export function useNewMessages(uuid: string, enabled: boolean): boolean {
  const { error } = useQuery({ ...newMessagesQuery(useApi(), uuid), enabled })
  return error instanceof ApiError && error.status === 404
}

/** The pending messages of a conversation, oldest first. */
export const usePendingMessages = (uuid: string): PendingMessage[] =>
  useMutationState({
    filters: { mutationKey: sendKey(uuid), status: 'pending' },
    select: ({ state: { variables } }) => pendingMessage(variables instanceof FormData ? variables : new FormData()),
  })

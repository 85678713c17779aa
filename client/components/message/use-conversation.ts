import { useMutationState, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { useSubmit } from 'react-router'
import type { ErrorItem } from '../../../worker/contract/error.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/app-context.tsx'
import { paths } from '../../lib/paths.ts'
import { arrivalsQuery, markGroupRead, type Outgoing, sendKey } from '../../queries/messages.ts'

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

/** Marks a conversation as read once it has been on screen. */
export function useMarkRead(uuid: string, unread: boolean): void {
  const api = useApi()
  const queries = useQueryClient()
  const visible = useVisible()
  useEffect(() => {
    // Whatever is in the way of it, the next opening or the next message tries again.
    if (visible && unread) markGroupRead(api, queries, uuid).catch(() => {})
  }, [api, queries, uuid, visible, unread])
}

/** Looks for new messages while the conversation is open. True once it is not the viewer's any more: one blocked the other. */
export function useArrivals(uuid: string, enabled: boolean): boolean {
  const { error } = useQuery({ ...arrivalsQuery(useApi(), uuid), enabled })
  return error instanceof ApiError && error.status === 404
}

/** Sends into a conversation, by its own action, without leaving the page; and what is on its way. */
export function useSending(uuid: string) {
  const submit = useSubmit()
  const queries = useQueryClient()
  const outgoing = useMutationState({
    filters: { mutationKey: sendKey(uuid), status: 'pending' },
    select: ({ state }) => state.variables as Outgoing,
  })
  /** Resolves to what went wrong, which may be nothing. */
  const send = async (message: string, key: string): Promise<readonly ErrorItem[]> => {
    await submit(
      { message, key },
      { method: 'post', action: paths.messageGroup(uuid), navigate: false, fetcherKey: key },
    )
    const mutations = queries.getMutationCache().findAll({ mutationKey: sendKey(uuid, key) })
    const error = mutations.at(-1)?.state.error
    return error instanceof ApiError ? error.data.errors : []
  }
  return { send, outgoing }
}

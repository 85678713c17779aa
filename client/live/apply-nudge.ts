import type { QueryClient } from '@tanstack/react-query'
import type { Nudge } from '../../worker/contract/live.ts'

/** Query keys, as in queries/messages/ and queries/notifications/. The list of notifications is refetched when its unread count changes. */
const UNREAD = ['unread']
const CONVERSATIONS = [['message_groups'], ['unread_messages']]

/** Returns the keys of the queries that a nudge makes stale. Any will do for an ended session: it gets 401, which leads to sign-in. */
const keysOf = (nudge: Nudge): string[][] =>
  nudge.kind === 'message' ? [['new_messages', nudge.uuid], ...CONVERSATIONS] : [UNREAD]

/** Least time between two refetches for the same nudge, in ms: a popular crud gets many likes a second. */
const INTERVAL_MS = 250

/** Returns a function that fetches again what a nudge is about. */
export function nudgeApplier(queries: QueryClient): (nudge: Nudge) => void {
  const nextAt = new Map<string, number>()
  return (nudge) => {
    const name = JSON.stringify(nudge)
    const now = Date.now()
    const dueAt = Math.max(now, nextAt.get(name) ?? 0)
    // A refetch is waiting already.
    if (dueAt > now + INTERVAL_MS) return
    nextAt.set(name, dueAt + INTERVAL_MS)
    setTimeout(() => invalidate(queries, keysOf(nudge)), dueAt - now)
  }
}

/** Refetches everything that nudges are about, since some nudges may have been lost. */
export const refetchAll = (queries: QueryClient): void =>
  invalidate(queries, [UNREAD, ...CONVERSATIONS, ['new_messages']])

function invalidate(queries: QueryClient, keys: string[][]): void {
  for (const queryKey of keys) void queries.invalidateQueries({ queryKey })
}

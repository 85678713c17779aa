import { infiniteQueryOptions, type QueryClient } from '@tanstack/react-query'
import type { Notification } from '../../../worker/contract/notification.ts'
import { type Api, read } from '../../net/api.ts'
import { filterItems, structuralSharing } from '../cache/cache-updates.ts'
import { unreadNotificationsQuery } from './unread-counts.ts'

const STALE_MS = 15_000
const LISTS = ['notifications']
/** TTL of a notification without an activity, in ms, as in sql/. */
const TTL_MS = 30 * 86_400_000

/** The viewer's notifications from `start` on (a cursor, or null). */
export const notificationsQuery = (api: Api, start: string | null) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, start] as const,
    queryFn: ({ pageParam }) => read(api.notifications.$get({ query: pageParam ? { cursor: pageParam } : {} })),
    initialPageParam: start,
    getNextPageParam: (last) => last.next_cursor,
    structuralSharing,
    staleTime: STALE_MS,
  })

/** Returns when a notification expires: with its activity if it has one, else after TTL_MS. */
export const expiryOf = ({ activity, created_at }: Notification): string =>
  activity?.expires_at ?? new Date(Date.parse(created_at) + TTL_MS).toISOString()

/** Marks notifications up to `up_to` as read. The open page shows its unread marks until it is next mounted. */
export async function markRead(api: Api, queries: QueryClient, up_to: string): Promise<void> {
  const { queryKey } = unreadNotificationsQuery(api)
  // An older response must not overwrite this one.
  await queries.cancelQueries({ queryKey })
  queries.setQueryData(queryKey, await read(api.notifications.read.$post({ json: { up_to } })))
  await queries.invalidateQueries({ queryKey: LISTS, refetchType: 'none' })
}

/** Removes notifications that have expired by `now` (ms, the server's clock). */
export function removeExpiredNotifications(queries: QueryClient, now: number): void {
  filterItems<Notification>(queries, { queryKey: LISTS }, (notification) => Date.parse(expiryOf(notification)) > now)
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Notification } from '../../../worker/contract/notification.ts'
import { useApi } from '../../app-context.tsx'
import { markRead, notificationsQuery } from '../../queries/notifications/notifications.ts'
import { unreadNotificationsQuery } from '../../queries/notifications/unread-counts.ts'

type ShownNotifications = {
  notifications: readonly Notification[]
  /** The list starts with the newest notification. */
  isTop: boolean
  hasMore: boolean
}

/**
 * Marks the listed notifications as read once the page is visible. Not in the loader, since pages are prefetched, nor in a
 * background tab. Refetches the list when the unread count is higher than the number of unread ones in it.
 */
export function useMarkNotificationsRead({ notifications, isTop, hasMore }: ShownNotifications): void {
  const api = useApi()
  const queries = useQueryClient()
  const { data } = useQuery({ ...unreadNotificationsQuery(api), enabled: false })
  const [markedUpTo, setMarkedUpTo] = useState('')
  const count = data?.count ?? 0
  // Version 7 uuids sort by creation time.
  const unmarked = notifications.filter(({ uuid, read_at }) => read_at === null && uuid > markedUpTo)
  const newest = unmarked[0]?.uuid
  // Then further unread ones may be on the next page.
  const areAllUnmarked = hasMore && unmarked.length === notifications.length
  const isStale = isTop && count > unmarked.length && !areAllUnmarked

  useEffect(() => {
    if (isStale) void queries.invalidateQueries({ queryKey: notificationsQuery(api, null).queryKey })
  }, [isStale, queries, api])

  useEffect(() => {
    if (!newest) return
    const mark = () => {
      if (document.visibilityState !== 'visible') return
      document.removeEventListener('visibilitychange', mark)
      // If this fails, the "Mark all as read" button stays.
      markRead(api, queries, newest).then(
        () => setMarkedUpTo(newest),
        () => {},
      )
    }
    document.addEventListener('visibilitychange', mark)
    mark()
    return () => document.removeEventListener('visibilitychange', mark)
  }, [newest, api, queries])
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Notification } from '../../../worker/contract/notification.ts'
import { useApi } from '../../app-context.tsx'
import { markRead, notificationsQuery } from '../../queries/notifications.ts'
import { unreadQuery } from '../../queries/unread.ts'

type Listed = {
  notifications: readonly Notification[]
  /** The list begins with the newest there is. */
  isTop: boolean
  hasMore: boolean
}

/**
 * Marks what is listed as read once the page is seen: not when it is asked for, since pages are fetched ahead, nor while
 * it waits in a tab behind. News that the count tells of and the list lacks are fetched.
 */
export function useMarkNotificationsRead({ notifications, isTop, hasMore }: Listed): void {
  const api = useApi()
  const queries = useQueryClient()
  const { data } = useQuery({ ...unreadQuery(api), enabled: false })
  const [markedUpTo, setMarkedUpTo] = useState('')
  const count = data?.count ?? 0
  // Version 7 uuids: a later one is the greater text.
  const unmarked = notifications.filter(({ uuid, read_at }) => read_at === null && uuid > markedUpTo)
  const newest = unmarked[0]?.uuid
  const mayBeBelow = hasMore && unmarked.length === notifications.length
  const isBehind = isTop && count > unmarked.length && !mayBeBelow

  useEffect(() => {
    if (isBehind) void queries.invalidateQueries({ queryKey: notificationsQuery(api, null).queryKey })
  }, [isBehind, queries, api])

  useEffect(() => {
    if (!newest) return
    const mark = () => {
      if (document.visibilityState !== 'visible') return
      document.removeEventListener('visibilitychange', mark)
      // Where that fails, the button stays.
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

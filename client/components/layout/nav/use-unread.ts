import { useQueryClient } from '@tanstack/react-query'
import type { User } from '../../../../worker/contract/user.ts'
import { useApi } from '../../../app-context.tsx'
import { rarePollOptions } from '../../../net/polling.ts'
import { useQueryData } from '../../../queries/cache/use-query-data.ts'
import { unreadNotificationsQuery } from '../../../queries/notifications/unread-counts.ts'
import { useExpiry } from '../../../time/clock.tsx'
import type { NavCounts } from './nav-items.ts'

/** Returns how many notifications are unread and how many users ask to follow. Polls, and refetches when an unread one expires. */
export function useUnread(viewer: User | null): NavCounts {
  const queries = useQueryClient()
  const unread = unreadNotificationsQuery(useApi())
  const data = useQueryData({ ...unread, ...rarePollOptions(), enabled: viewer !== null })
  useExpiry(data?.until ? [data.until] : [], () => void queries.invalidateQueries({ queryKey: unread.queryKey }))
  return { notifications: data?.count, followRequests: data?.follow_requests }
}

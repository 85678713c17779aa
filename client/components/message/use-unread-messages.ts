import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { useQueryData } from '../../queries/cache/use-query-data.ts'
import { unreadMessagesQuery } from '../../queries/notifications/unread-counts.ts'

/** How many conversations have unread messages; 0 until known. */
export function useUnreadMessages(viewer: User | null): number {
  return useQueryData({ ...unreadMessagesQuery(useApi()), enabled: viewer !== null })?.count ?? 0
}

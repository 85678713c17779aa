import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../lib/app-context.tsx'
import { useExpiry } from '../../lib/clock.tsx'
import { polled } from '../../lib/polling.ts'
import { unreadQuery } from '../../queries/unread.ts'

/** How many notifications are unread, kept up to date; also when one of them ends by itself. */
export function useUnread(viewer: User | null): number {
  const queries = useQueryClient()
  const unread = unreadQuery(useApi())
  const { data } = useQuery({ ...unread, ...polled(), enabled: viewer !== null })
  useExpiry(data?.until ? [data.until] : [], () => void queries.invalidateQueries({ queryKey: unread.queryKey }))
  return data?.count ?? 0
}

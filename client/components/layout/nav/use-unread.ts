import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { User } from '../../../../worker/contract/user.ts'
import { useApi } from '../../../app-context.tsx'
import { pollOptions } from '../../../net/polling.ts'
import { unreadQuery } from '../../../queries/unread.ts'
import { useExpiry } from '../../../time/clock.tsx'

/** How many notifications are unread, kept up to date; also when one of them ends by itself. */
export function useUnread(viewer: User | null): number {
  const queries = useQueryClient()
  const unread = unreadQuery(useApi())
  const { data } = useQuery({ ...unread, ...pollOptions(), enabled: viewer !== null })
  useExpiry(data?.until ? [data.until] : [], () => void queries.invalidateQueries({ queryKey: unread.queryKey }))
  return data?.count ?? 0
}

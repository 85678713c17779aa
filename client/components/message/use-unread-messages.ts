import { useQuery } from '@tanstack/react-query'
import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { unreadMessagesQuery } from '../../queries/unread.ts'

/** In how many conversations something is unread, as far as is known. */
export function useUnreadMessages(viewer: User | null): number {
  const { data } = useQuery({ ...unreadMessagesQuery(useApi()), enabled: viewer !== null })
  return data?.count ?? 0
}

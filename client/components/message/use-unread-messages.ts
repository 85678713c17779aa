import { useQuery } from '@tanstack/react-query'
import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { unreadMessagesQuery } from '../../queries/messages/unread.ts'

/** How many conversations have unread messages; 0 until known. */
export function useUnreadMessages(viewer: User | null): number {
  const { data } = useQuery({ ...unreadMessagesQuery(useApi()), enabled: viewer !== null })
  return data?.count ?? 0
}

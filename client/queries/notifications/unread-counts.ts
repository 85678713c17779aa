import { queryOptions } from '@tanstack/react-query'
import { type Api, read } from '../../net/api.ts'
import { rarePollOptions } from '../../net/polling.ts'

const STALE_MS = 15_000

/** How many notifications are unread, and when the next of them expires. */
export const unreadNotificationsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['unread'],
    queryFn: () => read(api.notifications.unread.$get()),
    staleTime: STALE_MS,
  })

/** How many conversations have unread messages. */
export const unreadMessagesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['unread_messages'],
    queryFn: () => read(api.message_groups.unread.$get()),
    staleTime: STALE_MS,
    ...rarePollOptions(),
  })

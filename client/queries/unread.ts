import { queryOptions } from '@tanstack/react-query'
import { type Api, read } from '../net/api.ts'
import { pollOptions } from '../net/polling.ts'

const FRESH = 15_000

/** How many notifications are unread, and when that next falls by itself. */
export const unreadQuery = (api: Api) =>
  queryOptions({
    queryKey: ['unread'],
    queryFn: () => read(api.notifications.unread.$get()),
    staleTime: FRESH,
  })

/** In how many conversations something is unread. */
export const unreadMessagesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['unread_messages'],
    queryFn: () => read(api.message_groups.unread.$get()),
    staleTime: FRESH,
    ...pollOptions(),
  })

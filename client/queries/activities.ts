import { infiniteQueryOptions, isServer, type Query, queryOptions } from '@tanstack/react-query'
import type { Activity } from '../../worker/contract/activity.ts'
import type { List } from '../../worker/contract/list.ts'
import { type Api, read } from '../net/api.ts'
import { restoreLimit } from '../scroll/scroll-restoration.ts'
import { structuralSharing } from './cache-updates.ts'

/** Stale time of a feed, in ms. */
const STALE_MS = 15_000

/** How long a list stays cached after its page was left, in ms. */
const GC_TIME_MS = 30 * 60_000

type Held = Pick<Query, 'state'>
const isShort = ({ state }: Held) => !(state.data as { pages: unknown[] } | undefined)?.pages[1]

/**
 * A list of several pages is not refetched on return: it would change under its reader, page by page. One that a write of the
 * viewer's has invalidated is.
 */
const KEEP_LONG_LISTS = {
  refetchOnMount: (query: Held) => query.state.isInvalidated || isShort(query),
  refetchOnWindowFocus: isShort,
  refetchOnReconnect: isShort,
}

/** A paginated list of activities from `start` on (a cursor, or null). */
export function activityList(
  key: readonly unknown[],
  start: string | null,
  page: (cursor?: string) => Promise<List<Activity>>,
) {
  return infiniteQueryOptions({
    queryKey: ['activities', ...key, start] as const,
    queryFn: ({ pageParam }) => page(pageParam ?? undefined),
    initialPageParam: start,
    getNextPageParam: (last) => last.next_cursor,
    structuralSharing,
    staleTime: STALE_MS,
    // At the edge the cache goes with the response, and needs no timer.
    gcTime: isServer ? Number.POSITIVE_INFINITY : GC_TIME_MS,
    ...KEEP_LONG_LISTS,
  })
}

/** Query parameters of a page. */
export const pageParams = (cursor?: string) => ({ ...(cursor && { cursor }), ...restoreLimit() })

/** New posts of these feeds wait for a press (new-posts.ts), so nothing else refetches them. */
const NO_REFETCH = { refetchOnWindowFocus: false, refetchOnReconnect: false } as const

/** Activities of the viewer and of those whom they follow. */
export const homeQuery = (api: Api, start: string | null) => ({
  ...activityList(['home'], start, (cursor) => read(api.activities.home.$get({ query: pageParams(cursor) }))),
  ...NO_REFETCH,
})

export const everyoneQuery = (api: Api, start: string | null) => ({
  ...activityList(['everyone'], start, (cursor) => read(api.activities.everyone.$get({ query: pageParams(cursor) }))),
  ...NO_REFETCH,
})

/** Live activities by soonest expiry. */
export const lastLightQuery = (api: Api, start: string | null) =>
  activityList(['last-light'], start, (cursor) =>
    read(api.activities['last-light'].$get({ query: pageParams(cursor) })),
  )

/** How many activities the sidebar shows. */
export const SIDEBAR_ACTIVITIES = 3

/**
 * Those that end next, for the sidebar. Signed in more are read than are shown, so that another takes the place of one that went; a
 * page without script shows what it has. Copies of that end with what it shows: it leaves out the last minute.
 */
export const sidebarActivitiesQuery = (api: Api, signedIn: boolean) => {
  const query = signedIn ? { limit: `${2 * SIDEBAR_ACTIVITIES}` } : { limit: `${SIDEBAR_ACTIVITIES}`, min_left: '60' }
  return activityList(['last-light', 'beside'], null, () => read(api.activities['last-light'].$get({ query })))
}

export type ProfileTab = 'cruds' | 'replies' | 'likes'

/** A user's activities, replies or likes. */
export const userActivitiesQuery = (api: Api, handle: string, tab: ProfileTab, start: string | null) =>
  activityList(['by', handle.toLowerCase(), tab], start, (cursor) =>
    read(
      api.users[':at_handle'].activities.$get({
        param: { at_handle: `@${handle}` },
        query: { tab, ...pageParams(cursor) },
      }),
    ),
  )

export const repliesQuery = (api: Api, uuid: string, start: string | null) =>
  activityList(['replies', uuid], start, (cursor) =>
    read(api.activities[':uuid'].replies.$get({ param: { uuid }, query: pageParams(cursor) })),
  )

/** An activity with its ancestors. */
export const activityQuery = (api: Api, uuid: string) =>
  queryOptions({
    queryKey: ['activity', uuid],
    queryFn: () => read(api.activities[':uuid'].$get({ param: { uuid } })),
    staleTime: STALE_MS,
  })

/** What else is deleted with an activity. Its page reads it anew each time: replies come and go. */
export const deletionImpactQuery = (api: Api, uuid: string) =>
  queryOptions({
    queryKey: ['weight', uuid],
    queryFn: () => read(api.activities[':uuid'].weight.$get({ param: { uuid } })),
    staleTime: STALE_MS,
  })

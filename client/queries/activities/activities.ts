import { infiniteQueryOptions, isServer, type Query, queryOptions } from '@tanstack/react-query'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { List } from '../../../worker/contract/list.ts'
import { type Api, read } from '../../net/api.ts'
import { restoreLimit } from '../../scroll/restore-scroll.ts'
import { structuralSharing } from '../cache/cache-updates.ts'

/** Stale time of a feed, in ms. */
const STALE_MS = 15_000

/** How long an unmounted list stays cached, in ms. */
const GC_TIME_MS = 30 * 60_000

type ListQuery = Pick<Query, 'state'>
const hasOnePage = ({ state }: ListQuery) => !(state.data as { pages: unknown[] } | undefined)?.pages[1]

/**
 * A list of several pages is not refetched on return: its items would move while the user reads. If a write by the viewer has
 * invalidated it, it is refetched when it is next mounted.
 */
const KEEP_LONG_LISTS = {
  refetchOnMount: (query: ListQuery) => query.state.isInvalidated || hasOnePage(query),
  refetchOnWindowFocus: hasOnePage,
  refetchOnReconnect: hasOnePage,
}

/** A paginated list of activities from `start` on (a cursor, or null). */
export function activityList(
  key: readonly unknown[],
  start: string | null,
  readPage: (cursor?: string) => Promise<List<Activity>>,
) {
  return infiniteQueryOptions({
    queryKey: ['activities', ...key, start] as const,
    queryFn: ({ pageParam }) => readPage(pageParam ?? undefined),
    initialPageParam: start,
    getNextPageParam: (last) => last.next_cursor,
    structuralSharing,
    staleTime: STALE_MS,
    // On the server each response has its own cache, which needs no timer.
    gcTime: isServer ? Number.POSITIVE_INFINITY : GC_TIME_MS,
    ...KEEP_LONG_LISTS,
  })
}

/** Returns the query parameters of a list page. */
export const pageParams = (cursor?: string) => ({ ...(cursor && { cursor }), ...restoreLimit() })

/** For lists that show what is new on the press of a button (new-posts.ts, new-replies.ts). */
const NO_REFETCH = { refetchOnWindowFocus: false, refetchOnReconnect: false } as const

/** Activities of the viewer and their followees. */
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

/** Number of activities in the sidebar. */
export const SIDEBAR_ACTIVITIES = 3

/**
 * The activities that expire next, for the sidebar. Signed in, fetches twice as many as it shows, to replace expired ones. Signed
 * out, omits activities in their last minute: the cache entry of a page expires with the first activity on it.
 */
export const sidebarActivitiesQuery = (api: Api, signedIn: boolean) => {
  const query = signedIn ? { limit: `${2 * SIDEBAR_ACTIVITIES}` } : { limit: `${SIDEBAR_ACTIVITIES}`, min_left: '60' }
  return activityList(['last-light', 'sidebar'], null, () => read(api.activities['last-light'].$get({ query })))
}

export type ProfileTab = 'cruds' | 'replies' | 'likes'

/** A user's activities, replies or likes. */
export const userActivitiesQuery = (api: Api, handle: string, tab: ProfileTab, start: string | null) =>
  activityList(['user', handle.toLowerCase(), tab], start, (cursor) =>
    read(
      api.users[':at_handle'].activities.$get({
        param: { at_handle: `@${handle}` },
        query: { tab, ...pageParams(cursor) },
      }),
    ),
  )

/** A page of the replies to an activity and to them, to a depth of four: in thread order, paged by direct replies. */
export const readReplies = (api: Api, uuid: string, cursor?: string): Promise<List<Activity>> =>
  read(api.activities[':uuid'].replies.$get({ param: { uuid }, query: { depth: '4', ...pageParams(cursor) } }))

export const repliesQuery = (api: Api, uuid: string, start: string | null) => ({
  ...activityList(['replies', uuid], start, (cursor) => readReplies(api, uuid, cursor)),
  ...NO_REFETCH,
})

/** An activity with its ancestors. */
export const activityQuery = (api: Api, uuid: string) =>
  queryOptions({
    queryKey: ['activity', uuid],
    queryFn: () => read(api.activities[':uuid'].$get({ param: { uuid } })),
    staleTime: STALE_MS,
  })

/** What is deleted along with an activity. Its page refetches it on each visit, since the replies may have changed. */
export const deletionImpactQuery = (api: Api, uuid: string) =>
  queryOptions({
    queryKey: ['deletion_impact', uuid],
    queryFn: () => read(api.activities[':uuid'].weight.$get({ param: { uuid } })),
    staleTime: STALE_MS,
  })

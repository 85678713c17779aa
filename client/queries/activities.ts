import { infiniteQueryOptions, isServer, type Query, queryOptions } from '@tanstack/react-query'
import type { Activity } from '../../worker/contract/activity.ts'
import type { List } from '../../worker/contract/list.ts'
import { type Api, read } from '../net/api.ts'
import { restoreLimit } from '../scroll/scroll-restoration.ts'
import { structuralSharing } from './cache-updates.ts'

/** How long a feed counts as fresh, in milliseconds. */
const FRESH = 15_000

/** How long a list is kept that no page shows: whoever comes back within it finds it as it was. ms. */
const KEPT = 30 * 60_000

type Held = Pick<Query, 'state'>
const isShort = ({ state }: Held) => !(state.data as { pages: unknown[] } | undefined)?.pages[1]

/**
 * A list that goes on below its first page is not read anew when one comes back to it: it would change under its reader,
 * page by page. What the reader has done themselves still counts.
 */
const AS_IT_IS = {
  refetchOnMount: (query: Held) => query.state.isInvalidated || isShort(query),
  refetchOnWindowFocus: isShort,
  refetchOnReconnect: isShort,
}

/** A list of cruds that begins at `start` (a cursor, or null) and goes on page by page. */
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
    staleTime: FRESH,
    // At the edge a cache is gone with its page, and needs no timer.
    gcTime: isServer ? Number.POSITIVE_INFINITY : KEPT,
    ...AS_IT_IS,
  })
}

/** What a page of a list is asked for with. */
export const pageParams = (cursor?: string) => ({ ...(cursor && { cursor }), ...restoreLimit() })

/** What comes to the top of these while they are on screen is told of, and shown on a press (queries/newest.ts). */
const ON_A_PRESS = { refetchOnWindowFocus: false, refetchOnReconnect: false } as const

/** Those I follow and me. */
export const homeQuery = (api: Api, start: string | null) => ({
  ...activityList(['home'], start, (cursor) => read(api.activities.home.$get({ query: pageParams(cursor) }))),
  ...ON_A_PRESS,
})

export const everyoneQuery = (api: Api, start: string | null) => ({
  ...activityList(['everyone'], start, (cursor) => read(api.activities.everyone.$get({ query: pageParams(cursor) }))),
  ...ON_A_PRESS,
})

/** Live activities by soonest expiry. */
export const lastLightQuery = (api: Api, start: string | null) =>
  activityList(['last-light'], start, (cursor) =>
    read(api.activities['last-light'].$get({ query: pageParams(cursor) })),
  )

/** So many cruds of the last light are shown beside a page. */
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

/** A person's cruds, their replies, or what they like. */
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

/** A crud and what it hangs on. */
export const activityQuery = (api: Api, uuid: string) =>
  queryOptions({
    queryKey: ['activity', uuid],
    queryFn: () => read(api.activities[':uuid'].$get({ param: { uuid } })),
    staleTime: FRESH,
  })

/** What goes with one's crud when it is put out. It is asked for anew each time: replies come and go. */
export const deletionImpactQuery = (api: Api, uuid: string) =>
  queryOptions({
    queryKey: ['weight', uuid],
    queryFn: () => read(api.activities[':uuid'].weight.$get({ param: { uuid } })),
    staleTime: FRESH,
  })

import type { Query, QueryClient } from '@tanstack/react-query'
import type { Activity, ActivityWithAncestors } from '../../../worker/contract/activity.ts'
import { filterItems, type Pages, updateEverywhere } from './cache-updates.ts'

export const ACTIVITY_LISTS = { queryKey: ['activities'] }
export const ACTIVITY_PAGES = { queryKey: ['activity'] }
export const NOTIFICATION_LISTS = { queryKey: ['notifications'] }

/** Yields each cached activity of lists and activity pages; some more than once. */
export function* cachedActivities(queries: QueryClient): Generator<Activity> {
  for (const [, list] of queries.getQueriesData<Pages<Activity>>(ACTIVITY_LISTS)) {
    for (const page of list?.pages ?? []) yield* page.data
  }
  for (const [, activity] of queries.getQueriesData<ActivityWithAncestors>(ACTIVITY_PAGES)) {
    if (!activity) continue
    yield* activity.ancestors
    yield activity
  }
}

/** Updates every cached copy of an activity: in feeds, threads and notifications. */
export function updateActivity(queries: QueryClient, uuid: string, change: (activity: Activity) => Activity): void {
  const isActivity = (value: object): value is Activity => 'uuid' in value && value.uuid === uuid && 'message' in value
  updateEverywhere(queries, isActivity, change)
}

/** Marks queries as stale without a refetch: each is refetched when it is next mounted. */
export function markStale(queries: QueryClient, ...keys: (readonly unknown[])[]): void {
  for (const queryKey of keys) void queries.invalidateQueries({ queryKey, refetchType: 'none' })
}

/**
 * Removes the queries of a key from the cache. A mounted query is removed when it unmounts: earlier, its page would refetch it,
 * get an error, and lose the text that the user is typing.
 */
export function removeQueries(queries: QueryClient, queryKey: readonly unknown[]): void {
  const cache = queries.getQueryCache()
  for (const query of cache.findAll({ queryKey })) {
    if (!query.isActive()) {
      cache.remove(query)
      continue
    }
    const stop = cache.subscribe((event) => {
      if (event.query !== query || event.type !== 'observerRemoved' || query.isActive()) return
      stop()
      cache.remove(query)
    })
  }
}

/** Removes activities that have expired by `now` (ms, the server's clock) from lists and pages. */
export function removeExpired(queries: QueryClient, now: number): void {
  const isLive = (activity: Activity) => Date.parse(activity.expires_at) > now
  filterItems<Activity>(queries, ACTIVITY_LISTS, isLive)
  for (const [queryKey, activity] of queries.getQueriesData<ActivityWithAncestors>(ACTIVITY_PAGES)) {
    if (activity && !isLive(activity)) removeQueries(queries, queryKey)
  }
}

/** Adds `difference` to an activity's cached reply count. */
export const countReplies = (queries: QueryClient, uuid: string, difference: number) =>
  updateActivity(queries, uuid, (activity) => ({
    ...activity,
    replies_count: Math.max(0, activity.replies_count + difference),
  }))

/** Returns the keys of the lists that show a new activity first. */
function newestFirstKeys({ user, audience, reply_to_activity_uuid }: Activity): (readonly unknown[])[] {
  const byAuthor = ['activities', 'user', user.handle.toLowerCase()]
  if (reply_to_activity_uuid) return [[...byAuthor, 'replies', null]]
  const feeds = (audience === 'everyone' ? ['home', 'everyone'] : ['home']).flatMap((feed) => [
    ['activities', feed, null],
    ['activities', 'newest', feed],
  ])
  return [...feeds, [...byAuthor, 'cruds', null]]
}

/** A cached activity. `key`: its idempotency key, if it was created in this tab. */
export type CachedActivity = Activity & { key?: string }

/** Adds a created activity to the lists that start or end with it, and marks other lists that it changes as stale. */
export function insertActivity(queries: QueryClient, created: Activity, key?: string): void {
  const activity: CachedActivity = { ...created, ...(key && { key }) }
  for (const queryKey of newestFirstKeys(activity)) {
    queries.setQueryData<Pages<Activity>>(queryKey, (list) => {
      const [first, ...rest] = list?.pages ?? []
      return list && first ? { ...list, pages: [{ ...first, data: [activity, ...first.data] }, ...rest] } : list
    })
  }
  markStale(queries, ['activities', 'last-light'], ['activities', 'tag'], ['activities', 'search'])
  void queries.invalidateQueries({ queryKey: ['profile', activity.user.handle.toLowerCase()] })
  const parent = activity.reply_to_activity_uuid
  if (!parent) return
  countReplies(queries, parent, 1)
  addToThreads(queries, activity, parent)
}

/** Adds a reply to the list of its parent's replies, and to the other lists of replies that show its parent. */
function addToThreads(queries: QueryClient, reply: CachedActivity, parent: string): void {
  const threads = { queryKey: ['activities', 'replies'] }
  for (const [queryKey, list] of queries.getQueriesData<Pages<Activity>>(threads)) {
    const isDirect = queryKey[2] === parent
    const isIn = ({ data }: { data: Activity[] }) => data.some(({ uuid }) => uuid === parent)
    const pageIndex = isDirect ? (list?.pages.length ?? 0) - 1 : (list?.pages.findIndex(isIn) ?? -1)
    if (!list || pageIndex < 0) continue
    const pages = list.pages.map((page, i) => (i === pageIndex ? { ...page, data: [...page.data, reply] } : page))
    queries.setQueryData<Pages<Activity>>(queryKey, { ...list, pages })
  }
  // Refetch, for replies by others; unless pages are missing at the end: the refetch would drop the new reply.
  const isComplete = ({ state }: Query) => !(state.data as Pages<Activity> | undefined)?.pages.at(-1)?.next_cursor
  void queries.invalidateQueries({ queryKey: [...threads.queryKey, parent], predicate: isComplete })
}

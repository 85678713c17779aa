import type { Query, QueryClient } from '@tanstack/react-query'
import type { Activity, ActivityWithAncestors } from '../../worker/contract/activity.ts'
import { keepItems, type Pages, updateEverywhere } from './cache-updates.ts'

export const ACTIVITY_LISTS = { queryKey: ['activities'] }
export const ACTIVITY_PAGES = { queryKey: ['activity'] }
export const NOTIFICATION_LISTS = { queryKey: ['notifications'] }

/** Every cached activity, in lists and on pages; some come more than once. */
export function* cachedActivities(queries: QueryClient): Generator<Activity> {
  for (const [, held] of queries.getQueriesData<Pages<Activity>>(ACTIVITY_LISTS)) {
    for (const page of held?.pages ?? []) yield* page.data
  }
  for (const [, shown] of queries.getQueriesData<ActivityWithAncestors>(ACTIVITY_PAGES)) {
    if (!shown) continue
    yield* shown.ancestors
    yield shown
  }
}

/** Changes an activity wherever the cache holds it: in feeds, in threads, in notifications. */
export function updateActivity(queries: QueryClient, uuid: string, change: (activity: Activity) => Activity): void {
  const isActivity = (value: object): value is Activity => 'uuid' in value && value.uuid === uuid && 'message' in value
  updateEverywhere(queries, isActivity, change)
}

/** Marks queries as stale: they are read again when next mounted. Mounted ones stay as they are. */
export function markStale(queries: QueryClient, ...keys: (readonly unknown[])[]): void {
  for (const queryKey of keys) void queries.invalidateQueries({ queryKey, refetchType: 'none' })
}

/**
 * Removes the queries of a key. A mounted one goes when its page is left: its page would read it again at once, get an error, and
 * lose what is being typed there.
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
  const lives = (activity: Activity) => Date.parse(activity.expires_at) > now
  keepItems<Activity>(queries, ACTIVITY_LISTS, lives)
  for (const [queryKey, shown] of queries.getQueriesData<ActivityWithAncestors>(ACTIVITY_PAGES)) {
    if (shown && !lives(shown)) removeQueries(queries, queryKey)
  }
}

export const countReplies = (queries: QueryClient, uuid: string, by: number) =>
  updateActivity(queries, uuid, (activity) => ({
    ...activity,
    replies_count: Math.max(0, activity.replies_count + by),
  }))

/** Keys of the lists, newest first, that get a new activity on top. */
function topsFor({ user, audience, reply_to_activity_uuid }: Activity): (readonly unknown[])[] {
  const by = ['activities', 'by', user.handle.toLowerCase()]
  if (reply_to_activity_uuid) return [[...by, 'replies', null]]
  const feeds = (audience === 'everyone' ? ['home', 'everyone'] : ['home']).flatMap((feed) => [
    ['activities', feed, null],
    ['activities', 'newest', feed],
  ])
  return [...feeds, [...by, 'cruds', null]]
}

/** An activity in the cache. `key`: the idempotency key that it was created under here. */
export type CachedActivity = Activity & { key?: string }

/** Puts a created activity on top of lists, or at the end of its parent's replies, and marks as stale what else it changes. */
export function insertActivity(queries: QueryClient, created: Activity, key?: string): void {
  const activity: CachedActivity = { ...created, ...(key && { key }) }
  for (const queryKey of topsFor(activity)) {
    queries.setQueryData<Pages<Activity>>(queryKey, (held) => {
      const [first, ...rest] = held?.pages ?? []
      return held && first ? { ...held, pages: [{ ...first, data: [activity, ...first.data] }, ...rest] } : held
    })
  }
  markStale(queries, ['activities', 'last-light'], ['activities', 'tag'], ['activities', 'search'])
  void queries.invalidateQueries({ queryKey: ['profile', activity.user.handle.toLowerCase()] })
  const parent = activity.reply_to_activity_uuid
  if (!parent) return
  countReplies(queries, parent, 1)
  const replies = { queryKey: ['activities', 'replies', parent] }
  queries.setQueriesData<Pages<Activity>>(replies, (held) => {
    const last = held?.pages.at(-1)
    return held && last
      ? { ...held, pages: [...held.pages.slice(0, -1), { ...last, data: [...last.data, activity] }] }
      : held
  })
  // Others may have replied meanwhile; but a list that is not read to its end would lose the new one again.
  const isWhole = ({ state }: Query) => !(state.data as Pages<Activity> | undefined)?.pages.at(-1)?.next_cursor
  void queries.invalidateQueries({ ...replies, predicate: isWhole })
}

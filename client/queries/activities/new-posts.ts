import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { List } from '../../../worker/contract/list.ts'
import { type Api, read } from '../../net/api.ts'
import { pollOptions } from '../../net/polling.ts'
import { mapPages, type Pages, updateAll } from '../cache/cache-updates.ts'

/** The feeds sorted newest first, as named in their query keys. */
export type NewestFeed = 'home' | 'everyone'

const listKey = (feed: NewestFeed) => ['activities', feed, null]
const newestKey = (feed: NewestFeed) => ['activities', 'newest', feed]

/** Returns the cached list of a feed, if it starts with the first page. */
export const cachedFeed = (queries: QueryClient, feed: NewestFeed) =>
  queries.getQueryData<Pages<Activity>>(listKey(feed))

/**
 * Polls the newest page of a feed. It is cached as an activity list of its own, so that cache updates (expiry, deletion, a new
 * post from this tab) reach both it and the list on screen.
 */
export const newPostsQuery = (api: Api, queries: QueryClient, feed: NewestFeed) =>
  queryOptions({
    queryKey: newestKey(feed),
    queryFn: async (): Promise<Pages<Activity>> => ({
      pages: [await read(api.activities[feed].$get({ query: {} }))],
      pageParams: [null],
    }),
    // Start from the list, so that a feed which was just loaded is not fetched twice.
    initialData: () => {
      const [first] = cachedFeed(queries, feed)?.pages ?? []
      return first && { pages: [first], pageParams: [null] }
    },
    initialDataUpdatedAt: () => queries.getQueryState(listKey(feed))?.dataUpdatedAt,
    staleTime: 15_000,
    ...pollOptions(),
  })

/** New activities above a list. `more`: there are more than the newest page holds. */
export type NewPosts = { fresh: Activity[]; hasMore: boolean }

const isBy = ({ user, reposted_by }: Activity, userUuid: string) => (reposted_by ?? user).uuid === userUuid

/**
 * Returns the index of the last item of the newest page that is also in the cached list, at the same position; -1 if the page
 * does not overlap the list.
 */
function overlapEnd(cached: readonly Activity[], newest: readonly Activity[], viewerUuid: string): number {
  const isIn = (items: readonly Activity[]) => {
    const known = new Map(items.map((item) => [item.uuid, item]))
    // A new repost moves an activity up, so its old position does not count.
    return (item: Activity) =>
      known.has(item.uuid) && known.get(item.uuid)?.reposted_by?.uuid === item.reposted_by?.uuid
  }
  // Skip the viewer's own at the top: this tab put them there, above posts that it has not loaded yet.
  const firstByOthers = cached.findIndex((item) => !isBy(item, viewerUuid))
  const end = newest.findLastIndex(isIn(firstByOthers < 0 ? [] : cached.slice(firstByOthers)))
  const last = newest.at(-1)
  // The page may end among the viewer's own posts, which were skipped.
  return end < 0 && last && isIn(cached)(last) ? newest.length - 1 : end
}

const itemsOf = (list: Pages<Activity> | undefined) => list?.pages.flatMap(({ data }) => data) ?? []

/** Returns the activities of the newest page that are not in a list, without the viewer's own. */
export function newPostsOf(list: Pages<Activity> | undefined, newest: List<Activity>, viewerUuid: string): NewPosts {
  const items = itemsOf(list)
  const known = new Set(items.map(({ uuid }) => uuid))
  const end = overlapEnd(items, newest.data, viewerUuid)
  const above = end < 0 ? newest.data : newest.data.slice(0, end)
  return {
    fresh: above.filter((item) => !known.has(item.uuid) && !isBy(item, viewerUuid)),
    hasMore: end < 0 && newest.next_cursor !== null,
  }
}

/**
 * Returns a list with the newest page on top. If the page does not overlap the list, it replaces the list: scrolling loads the
 * rest, without a gap.
 */
export function withNewPosts(list: Pages<Activity>, newest: List<Activity>, viewerUuid: string): Pages<Activity> {
  const items = itemsOf(list)
  const end = overlapEnd(items, newest.data, viewerUuid)
  if (end < 0) return { pages: [newest], pageParams: [null] }
  const top = newest.data.slice(0, end + 1)
  const onTop = new Set(top.map(({ uuid }) => uuid))
  const below = new Set(items.slice(items.findIndex(({ uuid }) => uuid === top.at(-1)?.uuid) + 1))
  const [first, ...rest] = list.pages.map((page) => ({
    ...page,
    data: page.data.filter((item) => below.has(item) && !onTop.has(item.uuid)),
  }))
  return first ? { ...list, pages: [{ ...first, data: [...top, ...first.data] }, ...rest] } : list
}

/** Puts the new posts on top of the mounted list. */
export function showNewPosts(queries: QueryClient, feed: NewestFeed, newest: List<Activity>, viewerUuid: string): void {
  queries.setQueryData<Pages<Activity>>(listKey(feed), (list) => list && withNewPosts(list, newest, viewerUuid))
}

/**
 * Returns a list with the counts of the newest page, for the activities in both. Skips an activity whose like or repost by the
 * viewer differs: that write is still pending.
 */
export const withFreshCounts = (list: Pages<Activity>, newest: List<Activity>): Pages<Activity> => {
  const newestByUuid = new Map(newest.data.map((item) => [item.uuid, item]))
  return mapPages(list, (items) => items.map((item) => withCounts(item, newestByUuid.get(item.uuid))))
}

function withCounts(item: Activity, fresh: Activity | undefined): Activity {
  if (!fresh || fresh.viewer?.liked !== item.viewer?.liked || fresh.viewer?.reposted !== item.viewer?.reposted)
    return item
  const { likes_count, reposts_count, replies_count } = fresh
  const updated = { ...item, likes_count, reposts_count, replies_count }
  return COUNTS.some((count) => item[count] !== updated[count]) ? updated : item
}

const COUNTS = ['likes_count', 'reposts_count', 'replies_count'] as const

/** Copies the counts of the newest page into the mounted list, if the page was fetched later than the list. */
export function refreshCounts(queries: QueryClient, feed: NewestFeed): void {
  const newest = queries.getQueryState<Pages<Activity>>(newestKey(feed))
  const [page] = newest?.data?.pages ?? []
  const listReadAt = queries.getQueryState(listKey(feed))?.dataUpdatedAt ?? 0
  if (!newest || !page || newest.dataUpdatedAt <= listReadAt) return
  updateAll<Pages<Activity>>(queries, { queryKey: listKey(feed), exact: true }, (list) => withFreshCounts(list, page))
}

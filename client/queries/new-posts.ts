import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Activity } from '../../worker/contract/activity.ts'
import type { List } from '../../worker/contract/list.ts'
import { type Api, read } from '../net/api.ts'
import { pollOptions } from '../net/polling.ts'
import { mapPages, type Pages, updateAll } from './cache-updates.ts'

/** Feeds that start with the newest, by their cache key. */
export type NewestFeed = 'home' | 'everyone'

const listKey = (feed: NewestFeed) => ['activities', feed, null]
const newestKey = (feed: NewestFeed) => ['activities', 'newest', feed]

/** The cached list of a feed, from its top on. */
export const cachedFeed = (queries: QueryClient, feed: NewestFeed) =>
  queries.getQueryData<Pages<Activity>>(listKey(feed))

/**
 * The newest page of a feed, asked for again and again. It is kept beside the list that is on screen, as a list of its own:
 * what ends, is put out or is said from here leaves and joins both.
 */
export const newPostsQuery = (api: Api, queries: QueryClient, feed: NewestFeed) =>
  queryOptions({
    queryKey: newestKey(feed),
    queryFn: async (): Promise<Pages<Activity>> => ({
      pages: [await read(api.activities[feed].$get({ query: {} }))],
      pageParams: [null],
    }),
    // A list that was just read need not be read again at once.
    initialData: () => {
      const [first] = cachedFeed(queries, feed)?.pages ?? []
      return first && { pages: [first], pageParams: [null] }
    },
    initialDataUpdatedAt: () => queries.getQueryState(listKey(feed))?.dataUpdatedAt,
    staleTime: 15_000,
    ...pollOptions(),
  })

/** Activities that are newer than a list, and whether there are more than fit into a page. */
export type NewPosts = { fresh: Activity[]; more: boolean }

const isBy = ({ user, reposted_by }: Activity, person: string) => (reposted_by ?? user).uuid === person

/**
 * How far down a newest page goes that which stands above the list as held: the place of the last item that both have,
 * where it was; -1 when the page does not reach down to the list.
 */
function reachOf(held: readonly Activity[], newest: readonly Activity[], viewer: string): number {
  const standsIn = (items: readonly Activity[]) => {
    const known = new Map(items.map((item) => [item.uuid, item]))
    // Passed on anew, a crud stands above where it was.
    return (item: Activity) =>
      known.has(item.uuid) && known.get(item.uuid)?.reposted_by?.uuid === item.reposted_by?.uuid
  }
  // The viewer's own on top tell nothing: from here they were put above what has not been read yet.
  const theirs = held.findIndex((item) => !isBy(item, viewer))
  const reach = newest.findLastIndex(standsIn(theirs < 0 ? [] : held.slice(theirs)))
  const last = newest.at(-1)
  return reach < 0 && last && standsIn(held)(last) ? newest.length - 1 : reach
}

const itemsOf = (held: Pages<Activity> | undefined) => held?.pages.flatMap(({ data }) => data) ?? []

/** The activities of a newest page that a list lacks, without the viewer's own. */
export function newPostsOf(held: Pages<Activity> | undefined, newest: List<Activity>, viewer: string): NewPosts {
  const items = itemsOf(held)
  const known = new Set(items.map(({ uuid }) => uuid))
  const reach = reachOf(items, newest.data, viewer)
  const above = reach < 0 ? newest.data : newest.data.slice(0, reach)
  return {
    fresh: above.filter((item) => !known.has(item.uuid) && !isBy(item, viewer)),
    more: reach < 0 && newest.next_cursor !== null,
  }
}

/**
 * A list with the newest page on top. Where that does not reach down to the list, it takes its place: what lies between
 * is read as one scrolls, and no hole is left.
 */
export function withNewPosts(held: Pages<Activity>, newest: List<Activity>, viewer: string): Pages<Activity> {
  const items = itemsOf(held)
  const reach = reachOf(items, newest.data, viewer)
  if (reach < 0) return { pages: [newest], pageParams: [null] }
  const top = newest.data.slice(0, reach + 1)
  const onTop = new Set(top.map(({ uuid }) => uuid))
  const below = new Set(items.slice(items.findIndex(({ uuid }) => uuid === top.at(-1)?.uuid) + 1))
  const [first, ...rest] = held.pages.map((page) => ({
    ...page,
    data: page.data.filter((item) => below.has(item) && !onTop.has(item.uuid)),
  }))
  return first ? { ...held, pages: [{ ...first, data: [...top, ...first.data] }, ...rest] } : held
}

/** Puts the new posts on top of the mounted list. */
export function showNewPosts(queries: QueryClient, feed: NewestFeed, newest: List<Activity>, viewer: string): void {
  queries.setQueryData<Pages<Activity>>(listKey(feed), (held) => held && withNewPosts(held, newest, viewer))
}

/**
 * A list with the counts of a newest page for what both have. Where they differ in what the viewer has done to a crud, that is
 * on its way, and the crud stays as it is.
 */
export const withFreshCounts = (held: Pages<Activity>, newest: List<Activity>): Pages<Activity> => {
  const read = new Map(newest.data.map((item) => [item.uuid, item]))
  return mapPages(held, (items) => items.map((item) => counted(item, read.get(item.uuid))))
}

function counted(item: Activity, read: Activity | undefined): Activity {
  if (!read || read.viewer?.liked !== item.viewer?.liked || read.viewer?.reposted !== item.viewer?.reposted) return item
  const { likes_count, reposts_count, replies_count } = read
  const renewed = { ...item, likes_count, reposts_count, replies_count }
  return COUNTS.some((count) => item[count] !== renewed[count]) ? renewed : item
}

const COUNTS = ['likes_count', 'reposts_count', 'replies_count'] as const

/** Copies the counts of the newest page into the mounted list, if it was read later. */
export function refreshCounts(queries: QueryClient, feed: NewestFeed): void {
  const newest = queries.getQueryState<Pages<Activity>>(newestKey(feed))
  const [page] = newest?.data?.pages ?? []
  const listReadAt = queries.getQueryState(listKey(feed))?.dataUpdatedAt ?? 0
  if (!newest || !page || newest.dataUpdatedAt <= listReadAt) return
  updateAll<Pages<Activity>>(queries, { queryKey: listKey(feed), exact: true }, (held) => withFreshCounts(held, page))
}

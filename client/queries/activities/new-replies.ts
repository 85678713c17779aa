import { type QueryClient, queryOptions, replaceEqualDeep } from '@tanstack/react-query'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { List } from '../../../worker/contract/list.ts'
import type { Api } from '../../net/api.ts'
import { pollOptions } from '../../net/polling.ts'
import { type Pages, updateAll } from '../cache/cache-updates.ts'
import { readReplies, repliesQuery } from './activities.ts'
import { type NewPosts, withFreshCounts } from './new-posts.ts'

/** A thread's list of replies: of which activity, and from which cursor on (null: from the first). */
export type Thread = { uuid: string; start: string | null }

const listKey = (api: Api, { uuid, start }: Thread) => repliesQuery(api, uuid, start).queryKey

/** Returns the cached replies of a thread. */
export const cachedReplies = (api: Api, queries: QueryClient, thread: Thread) =>
  queries.getQueryData<Pages<Activity>>(listKey(api, thread))

/**
 * Polls the last loaded page of a thread: replies are listed oldest first. It is cached as an activity list of its own, so that
 * cache updates (expiry, deletion) reach both it and the list on screen.
 */
export function newRepliesQuery(api: Api, queries: QueryClient, thread: Thread) {
  const list = cachedReplies(api, queries, thread)
  const cursor = list?.pageParams.at(-1) ?? null
  const last = list?.pages.at(-1)
  return queryOptions({
    queryKey: ['activities', 'new-replies', thread.uuid, cursor],
    queryFn: async (): Promise<Pages<Activity>> => ({
      pages: [await readReplies(api, thread.uuid, cursor ?? undefined)],
      pageParams: [cursor],
    }),
    // Start from the list, so that a thread which was just loaded is not fetched twice.
    initialData: last && { pages: [last], pageParams: [cursor] },
    initialDataUpdatedAt: () => queries.getQueryState(listKey(api, thread))?.dataUpdatedAt,
    staleTime: 15_000,
    ...pollOptions(),
  })
}

const isBy = ({ user }: Activity, userUuid: string) => user.uuid === userUuid

/** Returns the replies of a fresh page that are not in a list, without the viewer's own. `more`: another page follows. */
export function newRepliesOf(list: Pages<Activity> | undefined, fresh: List<Activity>, viewerUuid: string): NewPosts {
  const known = new Set(list?.pages.flatMap(({ data }) => data.map(({ uuid }) => uuid)))
  const isComplete = list?.pages.at(-1)?.next_cursor === null
  return {
    fresh: fresh.data.filter((item) => !known.has(item.uuid) && !isBy(item, viewerUuid)),
    hasMore: isComplete && fresh.next_cursor !== null,
  }
}

/** Returns a list with a fresh last page. The viewer's own replies stay, since this tab may have added them after the fetch. */
export function withNewReplies(list: Pages<Activity>, fresh: List<Activity>, viewerUuid: string): Pages<Activity> {
  const freshUuids = new Set(fresh.data.map(({ uuid }) => uuid))
  const own = list.pages.at(-1)?.data.filter((item) => !freshUuids.has(item.uuid) && isBy(item, viewerUuid)) ?? []
  return { ...list, pages: [...list.pages.slice(0, -1), { ...fresh, data: [...fresh.data, ...own] }] }
}

/** Puts the new replies into the mounted list. */
export function showNewReplies(
  api: Api,
  queries: QueryClient,
  thread: Thread,
  fresh: List<Activity>,
  viewerUuid: string,
) {
  queries.setQueryData<Pages<Activity>>(listKey(api, thread), (list) => list && withNewReplies(list, fresh, viewerUuid))
}

/** Copies the counts of the polled page into the mounted list and removes what was deleted, if the page was fetched later. */
export function refreshReplies(api: Api, queries: QueryClient, thread: Thread, viewerUuid: string): void {
  const { queryKey } = newRepliesQuery(api, queries, thread)
  const polled = queries.getQueryState(queryKey)
  const [page] = polled?.data?.pages ?? []
  const listReadAt = queries.getQueryState(listKey(api, thread))?.dataUpdatedAt ?? 0
  if (!polled || !page || polled.dataUpdatedAt <= listReadAt) return
  const polledUuids = new Set(page.data.map(({ uuid }) => uuid))
  const isKept = (item: Activity) => polledUuids.has(item.uuid) || isBy(item, viewerUuid)
  updateAll<Pages<Activity>>(queries, { queryKey: listKey(api, thread), exact: true }, (list) => {
    const last = list.pages.length - 1
    const pages = list.pages.map((each, i) => (i < last ? each : { ...each, data: each.data.filter(isKept) }))
    return replaceEqualDeep(list, withFreshCounts({ ...list, pages }, page))
  })
}

import { infiniteQueryOptions } from '@tanstack/react-query'
import type { List } from '../../worker/contract/list.ts'
import type { ListedUser } from '../../worker/contract/user.ts'
import { type Api, read } from '../net/api.ts'
import { structuralSharing } from './cache-updates.ts'

const FRESH = 15_000

/** A list of people that begins at `start` (a cursor, or null) and goes on page by page. */
function peopleList(
  key: readonly unknown[],
  start: string | null,
  page: (cursor?: string) => Promise<List<ListedUser>>,
) {
  return infiniteQueryOptions({
    queryKey: ['people', ...key, start] as const,
    queryFn: ({ pageParam }) => page(pageParam ?? undefined),
    initialPageParam: start,
    getNextPageParam: (last) => last.next_cursor,
    structuralSharing,
    staleTime: FRESH,
  })
}

const from = (cursor?: string) => (cursor ? { cursor } : {})

/** Who likes a crud, or has reposted it, the latest first. */
export const reactorsQuery = (api: Api, uuid: string, which: 'likes' | 'reposts', start: string | null) =>
  peopleList([which, uuid], start, (cursor) =>
    read(api.activities[':uuid'][which].$get({ param: { uuid }, query: from(cursor) })),
  )

/** Who follows a person, or whom they follow. */
export const followsQuery = (api: Api, handle: string, which: 'followers' | 'following', start: string | null) =>
  peopleList([which, handle.toLowerCase()], start, (cursor) =>
    read(api.users[':at_handle'][which].$get({ param: { at_handle: `@${handle}` }, query: from(cursor) })),
  )

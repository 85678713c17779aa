import { infiniteQueryOptions } from '@tanstack/react-query'
import type { List } from '../../../worker/contract/list.ts'
import type { ListedUser, User } from '../../../worker/contract/user.ts'
import { type Api, read } from '../../net/api.ts'
import { structuralSharing } from '../cache/cache-updates.ts'

const STALE_MS = 15_000

/** Members per page of the circle: the most that the API returns, so that most circles are one page. */
const CIRCLE_PAGE = '100'

/** A paginated list of users from `start` on (a cursor, or null). */
function userList<Listed extends User>(
  key: readonly unknown[],
  start: string | null,
  readPage: (cursor?: string) => Promise<List<Listed>>,
) {
  return infiniteQueryOptions({
    queryKey: ['users', ...key, start] as const,
    queryFn: ({ pageParam }) => readPage(pageParam ?? undefined),
    initialPageParam: start,
    getNextPageParam: (last) => last.next_cursor,
    structuralSharing,
    staleTime: STALE_MS,
  })
}

const cursorParam = (cursor?: string) => (cursor ? { cursor } : {})

/** Users who like an activity or have reposted it, the latest first. */
export const reactorsQuery = (api: Api, uuid: string, which: 'likes' | 'reposts', start: string | null) =>
  userList([which, uuid], start, (cursor) =>
    read(api.activities[':uuid'][which].$get({ param: { uuid }, query: cursorParam(cursor) })),
  )

/** A user's followers or followees. */
export const followsQuery = (api: Api, handle: string, which: 'followers' | 'following', start: string | null) =>
  userList([which, handle.toLowerCase()], start, (cursor) =>
    read(api.users[':at_handle'][which].$get({ param: { at_handle: `@${handle}` }, query: cursorParam(cursor) })),
  )

/** Users who ask to follow the viewer, the latest first. */
export const followRequestsQuery = (api: Api, start: string | null) =>
  userList<ListedUser>(['requests'], start, (cursor) =>
    read(api['follow-requests'].$get({ query: cursorParam(cursor) })),
  )

/** Users in the viewer's circle, by handle. */
export const circleQuery = (api: Api, start: string | null) =>
  userList<User>(['circle'], start, (cursor) =>
    read(api.circle.$get({ query: { ...cursorParam(cursor), limit: CIRCLE_PAGE } })),
  )

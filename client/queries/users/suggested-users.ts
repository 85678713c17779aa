import { queryOptions } from '@tanstack/react-query'
import { type Api, read } from '../../net/api.ts'

/** Stale time, in ms; names change rarely. */
const STALE_MS = 60_000

/** Number of suggested users. */
const SUGGESTED_LIMIT = '3'

/** Users to follow; the viewer follows none of them yet. */
export const suggestedUsersQuery = (api: Api) =>
  queryOptions({
    queryKey: ['users', 'suggested'],
    queryFn: async () => {
      const { data } = await read(api.users.suggested.$get({ query: { limit: SUGGESTED_LIMIT } }))
      return data.map((user) => ({ ...user, viewer: { following: 'no' as const } }))
    },
    staleTime: STALE_MS,
  })

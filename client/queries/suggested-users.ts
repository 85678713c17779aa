import { queryOptions } from '@tanstack/react-query'
import { type Api, read } from '../net/api.ts'

/** Stale time, in ms; names change rarely. */
const STALE_MS = 60_000

/** How many users a search returns at most. */
const FOUND = '50'

/** How many users are suggested. */
const SUGGESTED = '3'

/** How many users are offered to complete a mention. */
const COMPLETED = '5'

/** Users whose handle or name matches a term; `@mira` finds what `mira` does. */
export const foundUsersQuery = (api: Api, term: string) =>
  queryOptions({
    queryKey: ['people', 'found', term],
    queryFn: () => read(api.users.search.$get({ query: { term: term.trim().replace(/^@(?=.)/, ''), limit: FOUND } })),
    staleTime: STALE_MS,
  })

/** Users to follow; the viewer follows none of them yet. */
export const suggestedUsersQuery = (api: Api) =>
  queryOptions({
    queryKey: ['people', 'suggested'],
    queryFn: async () => {
      const { data } = await read(api.users.suggested.$get({ query: { limit: SUGGESTED } }))
      return data.map((user) => ({ ...user, viewer: { following: 'no' as const } }))
    },
    staleTime: STALE_MS,
  })

/** Users whose handle has a prefix. */
export const completedUsersQuery = (api: Api, prefix: string) =>
  queryOptions({
    queryKey: ['people', 'completed', prefix],
    queryFn: () => read(api.users.$get({ query: { prefix, limit: COMPLETED } })),
    staleTime: STALE_MS,
  })

import { queryOptions } from '@tanstack/react-query'
import { type Api, read } from '../net/api.ts'

/** People change their names rarely: fresh for so long, ms. */
const FRESH = 60_000

/** At most so many people are found. */
const FOUND = '50'

/** So many are suggested. */
const SUGGESTED = '3'

/** So many are offered to complete a mention. */
const COMPLETED = '5'

/** People whose handle or name has what is looked for; `@mira` finds what `mira` does. */
export const foundUsersQuery = (api: Api, term: string) =>
  queryOptions({
    queryKey: ['people', 'found', term],
    queryFn: () => read(api.users.search.$get({ query: { term: term.trim().replace(/^@(?=.)/, ''), limit: FOUND } })),
    staleTime: FRESH,
  })

/** People to follow: nobody whom the viewer follows yet. */
export const suggestedUsersQuery = (api: Api) =>
  queryOptions({
    queryKey: ['people', 'suggested'],
    queryFn: async () => {
      const { data } = await read(api.users.suggested.$get({ query: { limit: SUGGESTED } }))
      return data.map((user) => ({ ...user, viewer: { following: false } }))
    },
    staleTime: FRESH,
  })

/** People whose handle begins so. */
export const completedUsersQuery = (api: Api, prefix: string) =>
  queryOptions({
    queryKey: ['people', 'completed', prefix],
    queryFn: () => read(api.users.$get({ query: { prefix, limit: COMPLETED } })),
    staleTime: FRESH,
  })

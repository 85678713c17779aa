import { queryOptions } from '@tanstack/react-query'
import { type Api, read } from '../../net/api.ts'

/** Stale time, in ms; names change rarely. */
const STALE_MS = 60_000

/** Maximum number of users that a search returns. */
const SEARCH_LIMIT = '50'

/** Maximum number of users that complete a mention. */
const COMPLETION_LIMIT = '5'

/** Users whose handle or name matches a term; `@mira` finds the same users as `mira`. */
export const foundUsersQuery = (api: Api, term: string) =>
  queryOptions({
    queryKey: ['users', 'found', term],
    queryFn: () =>
      read(api.users.search.$get({ query: { term: term.trim().replace(/^@(?=.)/, ''), limit: SEARCH_LIMIT } })),
    staleTime: STALE_MS,
  })

/** Users whose handle begins with `prefix`, to complete a mention. */
export const mentionCompletionsQuery = (api: Api, prefix: string) =>
  queryOptions({
    queryKey: ['users', 'completions', prefix],
    queryFn: () => read(api.users.$get({ query: { prefix, limit: COMPLETION_LIMIT } })),
    staleTime: STALE_MS,
  })

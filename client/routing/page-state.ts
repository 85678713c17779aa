import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { StaticHandlerContext } from 'react-router'
import { ApiError } from '../net/api.ts'

/** What the edge hands to the browser, so that nothing is fetched again. */
export type PageState = {
  /** The database's clock when the page was rendered, ms. */
  renderedAt: number
  /** What was read, by its key. */
  queries: [QueryKey, unknown][]
  router: Pick<StaticHandlerContext, 'loaderData' | 'actionData'> & { errors: Record<string, unknown> | null }
}

export const writeQueries = (queries: QueryClient): PageState['queries'] =>
  queries
    .getQueryCache()
    .getAll()
    .filter(({ state }) => state.status === 'success')
    .map(({ queryKey, state }) => [queryKey, state.data])

/** It counts as read now: by its own clock the browser could not tell how old it is. */
export function readQueries(queries: QueryClient, held: PageState['queries']): void {
  for (const [key, data] of held) queries.setQueryData(key, data)
}

/** An error as JSON can carry it: of ours with its body, of any other kind nothing but that there was one. */
type SentError = { status: number; data: ApiError['data'] }

export function writeErrors(errors: StaticHandlerContext['errors']): PageState['router']['errors'] {
  if (!errors) return null
  const write = (error: unknown): SentError => {
    const { status = 500, data } = error as Partial<ApiError>
    return { status, data: data ?? { errors: [{ code: 'internal' }], request_id: '' } }
  }
  return Object.fromEntries(Object.entries(errors).map(([route, error]) => [route, write(error)]))
}

export function readErrors(errors: PageState['router']['errors']): Record<string, ApiError> | null {
  if (!errors) return null
  const sent = Object.entries(errors) as [string, SentError][]
  return Object.fromEntries(sent.map(([route, { status, data }]) => [route, new ApiError(status, data)]))
}

/** JSON that can stand in a script element: `<` would end it. */
export const writeState = (state: PageState) => JSON.stringify(state).replaceAll('<', '\\u003c')

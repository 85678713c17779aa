import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { StaticHandlerContext } from 'react-router'
import { ApiError } from '../net/api.ts'

/** State that the edge embeds in a page, so that the browser hydrates without fetching. */
export type PageState = {
  /** Database time when the page was rendered, in ms. */
  renderedAt: number
  /** The request had the header Save-Data. */
  savesData?: true
  /** The query cache. */
  queries: [QueryKey, unknown][]
  router: Pick<StaticHandlerContext, 'loaderData' | 'actionData'> & { errors: Record<string, unknown> | null }
}

/** Returns the successful entries of the query cache. */
export const dehydrateQueries = (queries: QueryClient): PageState['queries'] =>
  queries
    .getQueryCache()
    .getAll()
    .filter(({ state }) => state.status === 'success')
    .map(({ queryKey, state }) => [queryKey, state.data])

/** Fills the query cache. Entries count as fetched now: the browser's clock cannot tell their age. */
export function hydrateQueries(queries: QueryClient, entries: PageState['queries']): void {
  for (const [key, data] of entries) queries.setQueryData(key, data)
}

/** An error as JSON: an ApiError with its body; of any other error only that it is a 500. */
type SerializedError = { status: number; data: ApiError['data'] }

/** Returns the route errors as JSON, without the details of unexpected ones. */
export function serializeErrors(errors: StaticHandlerContext['errors']): PageState['router']['errors'] {
  if (!errors) return null
  const serialize = (error: unknown): SerializedError => {
    const { status = 500, data } = error as Partial<ApiError>
    return { status, data: data ?? { errors: [{ code: 'internal' }], request_id: '' } }
  }
  return Object.fromEntries(Object.entries(errors).map(([route, error]) => [route, serialize(error)]))
}

/** Returns the route errors of serialized ones. */
export function deserializeErrors(errors: PageState['router']['errors']): Record<string, ApiError> | null {
  if (!errors) return null
  const serialized = Object.entries(errors) as [string, SerializedError][]
  return Object.fromEntries(serialized.map(([route, { status, data }]) => [route, new ApiError(status, data)]))
}

/** Returns the state as JSON for a script element; `<` is escaped, since `</script>` would end it. */
export const serializeState = (state: PageState) => JSON.stringify(state).replaceAll('<', '\\u003c')

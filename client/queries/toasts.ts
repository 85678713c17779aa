import { type QueryClient, queryOptions, skipToken } from '@tanstack/react-query'

/** One sentence on what was done, or why it was not; `id` tells two alike apart. */
export type Toast = { id: number; text: string }

/** What the page's status line says. It is written by `notify` and never fetched. */
export const toastQuery = queryOptions<Toast>({
  queryKey: ['notice'],
  queryFn: skipToken,
  gcTime: Number.POSITIVE_INFINITY,
})

/** Says a sentence to the reader, wherever they are in the app. At the edge there is no page to say it on yet. */
export function showToast(queries: QueryClient, text: string): void {
  queries.setQueryData(toastQuery.queryKey, (last) => ({ id: (last?.id ?? 0) + 1, text }))
}

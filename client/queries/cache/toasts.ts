import { type QueryClient, queryOptions, skipToken } from '@tanstack/react-query'

/** A sentence for the status line. `id` distinguishes equal sentences. */
export type Toast = { id: number; text: string }

/** The toast on screen. `showToast` writes it; it is never fetched. */
export const toastQuery = queryOptions<Toast>({
  queryKey: ['notice'],
  queryFn: skipToken,
  gcTime: Number.POSITIVE_INFINITY,
})

/** Shows a sentence on the page's status line. Does nothing at the edge. */
export function showToast(queries: QueryClient, text: string): void {
  queries.setQueryData(toastQuery.queryKey, (last) => ({ id: (last?.id ?? 0) + 1, text }))
}

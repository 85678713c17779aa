import { type QueryClient, queryOptions, skipToken } from '@tanstack/react-query'

/** A button of a toast, such as Undo. */
export type ToastAction = { label: string; run: () => void }

/** A sentence for the status line. `id` distinguishes equal sentences. */
type Toast = { id: number; text: string; action?: ToastAction | undefined }

/** The toast on screen. `showToast` writes it; it is never fetched. */
export const toastQuery = queryOptions<Toast>({
  queryKey: ['toast'],
  queryFn: skipToken,
  gcTime: Number.POSITIVE_INFINITY,
})

/** Shows a sentence on the page's status line, which is hidden after 10 s. Does nothing at the edge. */
export function showToast(queries: QueryClient, text: string, action?: ToastAction): void {
  queries.setQueryData(toastQuery.queryKey, (last) => ({ id: (last?.id ?? 0) + 1, text, action }))
}

/** Hides the toast with this button, if it is still shown. */
export function hideToast(queries: QueryClient, action: ToastAction): void {
  if (queries.getQueryData(toastQuery.queryKey)?.action === action) showToast(queries, '')
}

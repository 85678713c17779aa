import { toastQuery } from '../../queries/cache/toasts.ts'
import { useQueryData } from '../../queries/cache/use-query-data.ts'
import { StatusLine } from '../../ui/StatusLine.tsx'

/** The current toast (`showToast`). Stays mounted across pages, so that screen readers announce changes of its live region. */
export function Toasts() {
  return <StatusLine {...useQueryData(toastQuery)} />
}

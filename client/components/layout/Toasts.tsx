import { useQuery } from '@tanstack/react-query'
import { toastQuery } from '../../queries/cache/toasts.ts'
import { StatusLine } from '../../ui/StatusLine.tsx'

/** The current toast (`showToast`). Stays mounted across pages, so that screen readers announce changes of its live region. */
export function Toasts() {
  const { data } = useQuery(toastQuery)
  return <StatusLine {...data} />
}

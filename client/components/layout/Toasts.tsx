import { useQuery } from '@tanstack/react-query'
import { toastQuery } from '../../queries/toasts.ts'
import { StatusLine } from '../../ui/StatusLine.tsx'

/** Where `notify` speaks; it stays in place from page to page, so that assistive tech listens to it. */
export function Toasts() {
  const { data } = useQuery(toastQuery)
  return <StatusLine id={data?.id} text={data?.text} />
}

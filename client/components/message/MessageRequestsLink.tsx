import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useApi } from '../../app-context.tsx'
import { conversationsQuery } from '../../queries/messages/messages.ts'
import { paths } from '../../routing/paths.ts'

/** Link to the message requests, with their number in words and without a badge; nothing if there are none. */
export function MessageRequestsLink() {
  const { data } = useSuspenseInfiniteQuery(conversationsQuery(useApi(), null, 'requests'))
  const [first] = data.pages
  const count = first?.data.length ?? 0
  if (!first || count === 0) return null
  const requests = count === 1 ? '1 message request' : `${count} message requests`
  return (
    <a className="more-link" href={paths.messages({ folder: 'requests' })}>
      {first.next_cursor === null ? requests : `More than ${requests}`}
    </a>
  )
}

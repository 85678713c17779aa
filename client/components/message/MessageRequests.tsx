import { useSearchParams } from 'react-router'
import { useApi } from '../../app-context.tsx'
import { useList } from '../../queries/cache/use-list.ts'
import { conversationsQuery } from '../../queries/messages/messages.ts'
import { paths } from '../../routing/paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MoreLink } from '../../ui/MoreLink.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { PageHead } from '../layout/page/PageHead.tsx'
import { ConversationRow } from './ConversationRow.tsx'

/** The viewer's message requests: first messages of people whom they neither follow nor have answered. */
export function MessageRequests() {
  const [search] = useSearchParams()
  const { items, pagination } = useList(conversationsQuery(useApi(), search.get('cursor'), 'requests'))
  return (
    <>
      <PageHead title="Message requests" />
      <PageTitle back={paths.messages()}>Message requests</PageTitle>
      <p className="messages-note soft">
        From people you don’t follow. They aren’t told whether you accept or decline.
      </p>
      {items.length > 0 ? (
        <ul aria-label="Message requests">
          {items.map((group) => (
            <ConversationRow key={group.uuid} group={group} />
          ))}
        </ul>
      ) : (
        <EmptyState>Nobody is waiting. What people write whom you don’t follow waits here first.</EmptyState>
      )}
      {pagination.cursor && (
        <MoreLink to={paths.messages({ folder: 'requests', cursor: pagination.cursor })} pagination={pagination}>
          Older requests
        </MoreLink>
      )}
    </>
  )
}

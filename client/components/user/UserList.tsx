import { useList } from '../../queries/use-list.ts'
import type { followsQuery } from '../../queries/user-lists.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MoreLink } from '../../ui/MoreLink.tsx'
import { ListedUserItem } from './ListedUserItem.tsx'

type PeopleListProps = {
  list: ReturnType<typeof followsQuery>
  /** Address of the page that begins at a cursor. */
  pageAt: (cursor: string) => string
  /** In place of a list with nobody in it. */
  empty: string
}

/** People, page by page. */
export function UserList({ list, pageAt, empty }: PeopleListProps) {
  const { items, further } = useList(list)
  if (items.length === 0) return <EmptyState>{empty}</EmptyState>
  return (
    <>
      <ul className="people wide" aria-busy={further.loading}>
        {items.map((user) => (
          <ListedUserItem key={user.uuid} user={user} />
        ))}
      </ul>
      {further.cursor && (
        <MoreLink to={pageAt(further.cursor)} further={further}>
          More people
        </MoreLink>
      )}
    </>
  )
}

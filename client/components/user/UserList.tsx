import { useList } from '../../queries/cache/use-list.ts'
import type { followsQuery } from '../../queries/users/user-lists.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MoreLink } from '../../ui/MoreLink.tsx'
import { ListedUserItem } from './ListedUserItem.tsx'

type UserListProps = {
  list: ReturnType<typeof followsQuery>
  /** Returns the path of the list's page at a cursor. */
  pageAt: (cursor: string) => string
  /** Shown instead of an empty list. */
  empty: string
  /** These are the viewer's own followers. */
  ownFollowers?: boolean
}

/** Paginated list of users. */
export function UserList({ list, pageAt, empty, ownFollowers = false }: UserListProps) {
  const { items, pagination } = useList(list)
  if (items.length === 0) return <EmptyState>{empty}</EmptyState>
  return (
    <>
      <ul className="user-list wide" aria-busy={pagination.loading}>
        {items.map((user) => (
          <ListedUserItem key={user.uuid} user={user} isOwnFollower={ownFollowers} />
        ))}
      </ul>
      {pagination.cursor && (
        <MoreLink to={pageAt(pagination.cursor)} pagination={pagination}>
          More people
        </MoreLink>
      )}
    </>
  )
}

import { useList } from '../../queries/cache/use-list.ts'
import type { followsQuery } from '../../queries/users/user-lists.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MoreLink } from '../../ui/MoreLink.tsx'
import { ListedUserItem } from './ListedUserItem.tsx'

type UserListProps = {
  query: ReturnType<typeof followsQuery>
  /** Returns the path of the list's page at a cursor. */
  pathAt: (cursor: string) => string
  /** Shown instead of an empty list. */
  empty: string
  /** The users are the viewer's followers. */
  areOwnFollowers?: boolean
}

/** Paginated list of users. */
export function UserList({ query, pathAt, empty, areOwnFollowers = false }: UserListProps) {
  const { items, pagination } = useList(query)
  if (items.length === 0) return <EmptyState>{empty}</EmptyState>
  return (
    <>
      <ul className="user-list wide" aria-busy={pagination.loading}>
        {items.map((user) => (
          <ListedUserItem key={user.uuid} user={user} isOwnFollower={areOwnFollowers} />
        ))}
      </ul>
      {pagination.cursor && (
        <MoreLink to={pathAt(pagination.cursor)} pagination={pagination}>
          More people
        </MoreLink>
      )}
    </>
  )
}

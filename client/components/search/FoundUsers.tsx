import { useSuspenseQuery } from '@tanstack/react-query'
import { useApi } from '../../app-context.tsx'
import { foundUsersQuery } from '../../queries/users/found-users.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { ListedUserItem } from '../user/ListedUserItem.tsx'

/** Users whose handle or name contains a term. */
export function FoundUsers({ term }: { term: string }) {
  const { data } = useSuspenseQuery(foundUsersQuery(useApi(), term))
  if (data.data.length === 0) {
    return <EmptyState>{`Nobody found for “${term}”. Try another handle or name.`}</EmptyState>
  }
  return (
    <section className="search">
      <VisuallyHidden as="h2">People</VisuallyHidden>
      <ul className="user-list">
        {data.data.map((user) => (
          <ListedUserItem key={user.uuid} user={user} />
        ))}
      </ul>
    </section>
  )
}

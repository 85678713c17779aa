import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useApi } from '../../app-context.tsx'
import { suggestedUsersQuery } from '../../queries/suggested-users.ts'
import { ListedUserItem } from './ListedUserItem.tsx'

/** People to follow, for somebody signed in; nothing when there are none. Not `enabled`, it shows what is known already. */
export function SuggestedUsers({ enabled = true }: { enabled?: boolean }) {
  const titleId = useId()
  const { data: people = [] } = useQuery({ ...suggestedUsersQuery(useApi()), enabled })
  if (people.length === 0) return null
  return (
    <section className="suggested" aria-labelledby={titleId}>
      <h2 id={titleId}>People to follow</h2>
      <ul className="people">
        {people.map((user) => (
          <ListedUserItem key={user.uuid} user={user} />
        ))}
      </ul>
    </section>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useApi } from '../../app-context.tsx'
import { suggestedPeopleQuery } from '../../queries/suggested-users.ts'
import { FollowButton } from './FollowButton.tsx'
import { PersonRow } from './UserRow.tsx'

/** People to follow, for somebody signed in; nothing when there are none. Not `enabled`, it shows what is known already. */
export function SuggestedPeople({ enabled = true }: { enabled?: boolean }) {
  const titleId = useId()
  const { data } = useQuery({ ...suggestedPeopleQuery(useApi()), enabled })
  const people = data?.data ?? []
  if (people.length === 0) return null
  return (
    <section className="suggested" aria-labelledby={titleId}>
      <h2 id={titleId}>People to follow</h2>
      <ul className="people">
        {people.map((user) => (
          <PersonRow
            key={user.uuid}
            user={user}
            action={<FollowButton handle={user.handle} following={false} quiet />}
          />
        ))}
      </ul>
    </section>
  )
}

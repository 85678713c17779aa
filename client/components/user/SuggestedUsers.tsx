import { useId } from 'react'
import { useLocation } from 'react-router'
import { useApi } from '../../app-context.tsx'
import { useQueryData } from '../../queries/cache/use-query-data.ts'
import { suggestedUsersQuery } from '../../queries/users/suggested-users.ts'
import { paths } from '../../routing/paths.ts'
import { FollowButton } from './FollowButton.tsx'
import { UserRow } from './UserRow.tsx'

/** Users for a signed-in viewer to follow, except the one whose profile is open. Not `enabled`: shows cached ones, and fetches none. */
export function SuggestedUsers({ enabled = true }: { enabled?: boolean }) {
  const titleId = useId()
  const { pathname } = useLocation()
  const suggested = useQueryData({ ...suggestedUsersQuery(useApi()), enabled }) ?? []
  const users = suggested.filter(({ handle }) => pathname !== paths.profile(handle))
  if (users.length === 0) return null
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId}>People to follow</h2>
      <ul className="user-list">
        {users.map((user) => (
          <UserRow
            key={user.uuid}
            user={user}
            action={<FollowButton handle={user.handle} following={user.viewer.following} quiet />}
          />
        ))}
      </ul>
    </section>
  )
}

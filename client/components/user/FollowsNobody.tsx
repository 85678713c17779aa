import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../app-context.tsx'
import { sessionQuery } from '../../queries/users/session.ts'
import { SuggestedUsers } from './SuggestedUsers.tsx'

/** Above the home feed of a viewer who follows nobody: explains the feed and suggests users to follow. */
export function FollowsNobody() {
  const { data: session } = useQuery(sessionQuery(useApi()))
  const followsNobody = session?.follows_nobody
  // Fixed at mount, so that following one user does not remove the other suggestions.
  const [followedNobody] = useState(followsNobody)
  if (!followedNobody) return null
  return (
    <div className="follows-nobody">
      <p>
        {followsNobody ? 'You’re not following anyone yet.' : 'Their cruds will show here.'} Here’s what everyone is
        saying.
      </p>
      <SuggestedUsers />
    </div>
  )
}

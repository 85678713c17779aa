import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../app-context.tsx'
import { sessionQuery } from '../../queries/session.ts'
import { SuggestedUsers } from './SuggestedUsers.tsx'

/** Above the home feed of somebody who follows nobody yet: whose cruds these are, and whom they could follow. */
export function FollowsNobody() {
  const { data: session } = useQuery(sessionQuery(useApi()))
  // As it was when the page came: following one of them must not take the others away.
  const [nobody] = useState(session?.follows_nobody)
  if (!nobody) return null
  return (
    <div className="follows-nobody">
      <p>You follow nobody yet. These are everyone’s.</p>
      <SuggestedUsers />
    </div>
  )
}

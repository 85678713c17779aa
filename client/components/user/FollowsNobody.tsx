import { useQuery } from '@tanstack/react-query'
import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../lib/app-context.tsx'
import { profileQuery } from '../../queries/users.ts'
import { SuggestedPeople } from './SuggestedPeople.tsx'

/** Above the home feed of somebody who follows nobody yet: whose cruds these are, and whom they could follow. */
export function FollowsNobody({ viewer }: { viewer: User }) {
  const { data: own } = useQuery(profileQuery(useApi(), viewer.handle))
  if (own?.following_count !== 0) return null
  return (
    <div className="follows-nobody">
      <p>You follow nobody yet. These are everyone’s.</p>
      <SuggestedPeople />
    </div>
  )
}

import type { Suggestion } from '../../../worker/contract/arrival.ts'
import { LastLightItem } from '../activity/feed/LastLight.tsx'
import { TickingList } from '../activity/feed/TickingList.tsx'
import { Avatar } from '../avatar/Avatar.tsx'
import { FollowButton } from '../user/FollowButton.tsx'
import { UserLine } from '../user/UserLine.tsx'

/** A user to follow, with their bio and newest crud, as an `<li>`. */
export function SuggestedUser({ person }: { person: Suggestion }) {
  const { handle, bio, latest, viewer } = person
  return (
    <li className="suggested-user">
      <Avatar user={person} />
      <FollowButton handle={handle} following={viewer?.following ?? 'no'} quiet />
      <UserLine user={person} />
      {bio && (
        <p className="suggested-bio" dir="auto">
          {bio}
        </p>
      )}
      {latest && (
        <TickingList as="ul" className="last-light">
          <LastLightItem activity={latest} by={false} />
        </TickingList>
      )}
    </li>
  )
}

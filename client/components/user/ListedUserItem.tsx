import type { ListedUser } from '../../../worker/contract/user.ts'
import { useViewer } from '../../app-context.tsx'
import { paths } from '../../routing/paths.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { FollowButton } from './FollowButton.tsx'
import { UserRow } from './UserRow.tsx'

type ListedUserItemProps = {
  user: ListedUser
  /** Offers to remove the user, who follows the viewer. */
  isOwnFollower?: boolean
}

/** A user in a list, with a follow button if the viewer is signed in and is not that user. */
export function ListedUserItem({ user, isOwnFollower = false }: ListedUserItemProps) {
  const { handle, viewer: relation } = user
  const viewer = useViewer()
  if (!relation || viewer?.uuid === user.uuid) return <UserRow user={user} />
  return (
    <UserRow
      user={user}
      action={
        <div className="buttons">
          {isOwnFollower && (
            <ButtonLink look="quiet" small href={paths.removeFollower(handle)} aria-label={`Remove @${handle}`}>
              Remove
            </ButtonLink>
          )}
          <FollowButton handle={handle} following={relation.following} quiet />
        </div>
      }
    />
  )
}

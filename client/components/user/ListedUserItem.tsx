import type { ListedUser } from '../../../worker/contract/user.ts'
import { useViewer } from '../../app-context.tsx'
import { FollowButton } from './FollowButton.tsx'
import { UserRow } from './UserRow.tsx'

/** A user in a list, with a follow button if the viewer is signed in and is not that user. */
export function ListedUserItem({ user }: { user: ListedUser }) {
  const viewer = useViewer()
  const action =
    user.viewer && viewer?.uuid !== user.uuid ? (
      <FollowButton handle={user.handle} following={user.viewer.following} quiet />
    ) : undefined
  return <UserRow user={user} action={action} />
}

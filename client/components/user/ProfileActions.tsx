import { Form } from 'react-router'
import type { Profile, User } from '../../../worker/contract/user.ts'
import { buttonId, paths } from '../../routing/paths.ts'
import { Button } from '../../ui/button/Button.tsx'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { MessageLink } from '../message/MessageLink.tsx'
import { FollowButton } from './FollowButton.tsx'
import { UserMenu } from './UserMenu.tsx'

/** What the reader can do about the person whose page this is: change it when it is their own; follow, message, and more. */
export function ProfileActions({ profile, viewer }: { profile: Profile; viewer: User | null }) {
  const { handle, viewer: relation } = profile
  // Anew for each person: what was wished about one, or opened there, is not about another.
  return (
    <div className="profile-actions" key={handle}>
      {actions()}
    </div>
  )

  function actions() {
    if (!viewer || !relation) {
      return (
        <ButtonLink small to={paths.signIn(paths.followButton(handle))}>
          Sign in to follow
        </ButtonLink>
      )
    }
    if (viewer.uuid === profile.uuid) {
      return (
        <ButtonLink look="quiet" small to={paths.settings()}>
          Edit profile
        </ButtonLink>
      )
    }
    if (relation.blocking) return <UnblockButton handle={handle} />
    return (
      <>
        <UserMenu profile={profile} />
        <MessageLink handle={handle} />
        <FollowButton handle={handle} following={relation.following} id={buttonId('follow')} />
      </>
    )
  }
}

function UnblockButton({ handle }: { handle: string }) {
  return (
    <Form method="post" action={paths.block(handle)}>
      <Button small look="quiet" name="on" value="false" aria-label={`Unblock @${handle}`}>
        Unblock
      </Button>
    </Form>
  )
}

import { Form } from 'react-router'
import type { Profile, User } from '../../../worker/contract/user.ts'
import { buttonId, paths } from '../../routing/paths.ts'
import { Button } from '../../ui/button/Button.tsx'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { icon } from '../../ui/icon/icon.tsx'
import { MessageLink } from '../message/MessageLink.tsx'
import { FollowButton } from './FollowButton.tsx'
import { ProfileMenu } from './ProfileMenu.tsx'

/** Buttons of a profile: edit one's own; follow, message and a menu for others; unblock if blocked. */
export function ProfileActions({ profile, viewer }: { profile: Profile; viewer: User | null }) {
  const { handle, viewer: relation } = profile
  // The key resets optimistic state and the open menu when the page shows another user.
  return (
    <div className="profile-actions" key={handle}>
      {actions()}
    </div>
  )

  function actions() {
    if (!viewer || !relation) {
      return (
        <ButtonLink small href={paths.signIn(paths.followButton(handle))}>
          Sign in to follow
        </ButtonLink>
      )
    }
    if (viewer.uuid === profile.uuid) {
      return (
        <>
          <ButtonLink look="quiet" small href={paths.settings()} aria-label="Settings">
            {icon('settings')}
          </ButtonLink>
          <ButtonLink look="quiet" small href={paths.editProfile()}>
            Edit profile
          </ButtonLink>
        </>
      )
    }
    if (relation.blocking) return <UnblockButton handle={handle} />
    return (
      <>
        <ProfileMenu profile={profile} />
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

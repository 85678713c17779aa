import type { CSSProperties, ReactNode } from 'react'
import type { Profile } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { monthOf } from '../../time/durations.ts'
import { numberText } from '../../ui/form/count-text.ts'
import { Avatar } from '../avatar/Avatar.tsx'
import { starOf } from '../avatar/default-avatar.ts'
import { linkedText } from '../text/linked-text.tsx'
import { bannerHue } from './banner-hues.ts'
import { FollowRequestButtons } from './FollowRequestButtons.tsx'

const counted = (count: number, one: string, many: string = one) => (
  <>
    <b>{numberText(count)}</b> {count === 1 ? one : many}
  </>
)

/** Header of a profile: banner, name, bio and counts. `action` holds its buttons. The banner has the colour that the user picked. */
export function ProfileHeading({ profile, action }: { profile: Profile; action?: ReactNode }) {
  const { path, hue } = starOf(profile.handle)
  return (
    <header className="profile">
      <div className="banner" style={{ '--hue': bannerHue(profile.banner_color, hue) } as CSSProperties}>
        <svg viewBox="0 0 48 48" aria-hidden="true">
          <path d={path} />
        </svg>
      </div>
      <div className="profile-top">
        <Avatar user={profile} size="large" />
        {action}
      </div>
      <h1 dir="auto">{profile.display_name}</h1>
      <p className="handle">
        @{profile.handle}
        {profile.viewer?.followed_by && <span className="follows-you">Follows you</span>}
      </p>
      {profile.bio && (
        <p className="bio linked" dir="auto">
          {linkedText(profile.bio)}
        </p>
      )}
      <ul className="counts">
        <li>{counted(profile.cruds_count, 'crud burning', 'cruds burning')}</li>
        <li>
          <a href={paths.followers(profile.handle)}>{counted(profile.followers_count, 'follower', 'followers')}</a>
        </li>
        <li>
          <a href={paths.following(profile.handle)}>{counted(profile.following_count, 'following')}</a>
        </li>
        <li>Here since {monthOf(profile.created_at)}</li>
        {profile.approves_followers && <li>Approves followers</li>}
      </ul>
      {profile.viewer?.asks_to_follow && (
        <div className="request-line">
          <p>@{profile.handle} asks to follow you.</p>
          <FollowRequestButtons handle={profile.handle} />
        </div>
      )}
      {profile.viewer?.muting && <p className="note-line">You have muted @{profile.handle}.</p>}
    </header>
  )
}

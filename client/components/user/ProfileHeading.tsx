import type { CSSProperties, ReactNode } from 'react'
import type { Profile } from '../../../worker/contract/user.ts'
import { monthOf } from '../../lib/time.ts'
import { LinkedText } from '../text/LinkedText.tsx'
import { Avatar } from './Avatar.tsx'
import { starOf } from './star.ts'

const number = new Intl.NumberFormat('en')
const counted = (count: number, one: string, many: string) => (
  <li>
    <b>{number.format(count)}</b> {count === 1 ? one : many}
  </li>
)

/** The top of a person's page: banner in the colours of their star, name, bio, counts. `action`: follow, settings. */
export function ProfileHeading({ profile, action }: { profile: Profile; action?: ReactNode }) {
  const { path, hue } = starOf(profile.handle)
  return (
    <header className="profile">
      <div className="banner" style={{ '--hue': hue } as CSSProperties}>
        <svg viewBox="0 0 48 48" aria-hidden="true">
          <path d={path} />
        </svg>
      </div>
      <div className="profile-top">
        <Avatar user={profile} size="large" />
        {action}
      </div>
      <h1 dir="auto">{profile.display_name}</h1>
      <p className="handle">@{profile.handle}</p>
      {profile.bio && (
        <p className="bio linked" dir="auto">
          <LinkedText text={profile.bio} />
        </p>
      )}
      <ul className="counts">
        {counted(profile.cruds_count, 'crud burning', 'cruds burning')}
        {counted(profile.followers_count, 'follower', 'followers')}
        <li>
          <b>{number.format(profile.following_count)}</b> following
        </li>
        <li>Here since {monthOf(profile.created_at)}</li>
      </ul>
    </header>
  )
}

import type { CSSProperties } from 'react'
import type { User } from '../../../worker/contract/user.ts'
import { starOf } from './star.ts'

const PIXELS = { small: 36, medium: 44, large: 88 } as const

type AvatarProps = {
  user: Pick<User, 'handle' | 'avatar_url'>
  /** 36, 44 or 88 px. */
  size?: keyof typeof PIXELS
}

/** A person's picture, or the star drawn from the handle. Decorative: the name stands beside it. */
export function Avatar({ user, size = 'medium' }: AvatarProps) {
  const className = size === 'medium' ? 'avatar' : `avatar ${size}`
  if (user.avatar_url) {
    const pixels = PIXELS[size]
    return <img className={className} src={user.avatar_url} alt="" width={pixels} height={pixels} decoding="async" />
  }
  const { path, hue, core } = starOf(user.handle)
  return (
    <svg className={className} viewBox="0 0 48 48" style={{ '--hue': hue } as CSSProperties} aria-hidden="true">
      <path d={path} />
      {core !== 'none' && <circle className={core} cx="24" cy="24" r={core === 'hole' ? 4.5 : 3} />}
    </svg>
  )
}

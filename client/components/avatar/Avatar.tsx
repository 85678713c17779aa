import type { CSSProperties } from 'react'
import type { User } from '../../../worker/contract/user.ts'
import { type Star, starOf } from './default-avatar.ts'

type AvatarProps = {
  user: Pick<User, 'handle' | 'avatar_url'>
  /** 36, 44 or 88 px. */
  size?: 'small' | 'medium' | 'large'
}

/** A user's avatar, or a star drawn from the handle. Decorative: the name is beside it. */
export function Avatar({ user, size = 'medium' }: AvatarProps) {
  const className = size === 'medium' ? 'avatar' : `avatar ${size}`
  if (!user.avatar_url) return starSvg(user.handle, `${className} star`)
  return (
    <span className={`${className} picture`}>
      {/* Visible until the image has loaded, and if it fails to load: a broken image with an empty `alt` is not drawn. */}
      {starSvg(user.handle, 'star')}
      <img src={user.avatar_url} alt="" loading="lazy" decoding="async" />
    </span>
  )
}

/** Returns a star as SVG markup, which React renders faster than elements: a page has dozens. It contains no user input. */
function markupOf({ path, core }: Star): string {
  const outline = `<path d="${path}"/>`
  return core === 'none'
    ? outline
    : `${outline}<circle class="${core}" cx="24" cy="24" r="${core === 'hole' ? 4.5 : 3}"/>`
}

/** Returns the default avatar. Not a component: a page has dozens. */
function starSvg(handle: string, className: string) {
  const star = starOf(handle)
  return (
    <svg
      className={className}
      viewBox="0 0 48 48"
      style={{ '--hue': star.hue } as CSSProperties}
      aria-hidden="true"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: no user input
      dangerouslySetInnerHTML={{ __html: markupOf(star) }}
    />
  )
}

import type { Audience } from '../../../worker/contract/audience.ts'
import { icon } from '../../ui/icon/icon.tsx'

const NAMES = {
  followers: 'Only for followers',
  circle: 'Only for a circle',
  mentioned: 'Only for people mentioned',
} as const

/** Returns the icon of an activity that is not for everyone, with a name and a tooltip; nothing for one that is. */
export function audienceIcon(audience: Audience) {
  if (audience === 'everyone') return null
  return (
    <span className="audience" role="img" aria-label={NAMES[audience]} title={NAMES[audience]}>
      {icon(audience)}
    </span>
  )
}

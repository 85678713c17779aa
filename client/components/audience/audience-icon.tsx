import type { Audience } from '../../../worker/contract/audience.ts'
import { icon } from '../../ui/icon/icon.tsx'
import { audienceName } from './audience-name.ts'

/** Returns the icon of an activity that is not for everyone, with a name and a tooltip; nothing for one that is. */
export function audienceIcon(audience: Audience, isOwn: boolean) {
  if (audience === 'everyone') return null
  const name = audienceName(audience, isOwn)
  return (
    <span className="audience" role="img" aria-label={name} title={name}>
      {icon(audience)}
    </span>
  )
}

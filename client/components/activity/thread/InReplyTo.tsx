import type { Activity } from '../../../../worker/contract/activity.ts'
import { TTL_SECONDS } from '../../../../worker/contract/ttl.ts'
import { paths } from '../../../routing/paths.ts'
import { secondsBetween } from '../../../time/durations.ts'

const CHOOSABLE_TTLS: ReadonlySet<number> = new Set(Object.values(TTL_SECONDS))

type InReplyToProps = {
  activity: Activity
  /** The parent is on the page, connected by a line: then only assistive technology needs words. */
  belowParent: boolean
}

/** "Replying to @sol · same end": a reply's link to its parent; nothing for a top-level activity. */
export function InReplyTo({ activity, belowParent }: InReplyToProps) {
  const { reply_to_activity_uuid: uuid, reply_to_handle: handle } = activity
  if (!uuid || !handle) return null
  if (belowParent) return <p className="visually-hidden">{`Replying to @${handle}`}</p>
  // A reply without a TTL of its own expires with its parent, so its TTL is none of those that can be chosen.
  const expiresWithParent = !CHOOSABLE_TTLS.has(secondsBetween(activity.created_at, activity.expires_at))
  return (
    <p className="context">
      Replying to <a href={paths.activity({ uuid, user: { handle } })}>{`@${handle}`}</a>
      {expiresWithParent && ' · same end'}
    </p>
  )
}

import type { Activity } from '../../../../worker/contract/activity.ts'
import { paths } from '../../../routing/paths.ts'

type InReplyToProps = {
  activity: Activity
  /** The parent is shown above it: then only assistive technology needs words. */
  belowParent: boolean
}

/** "Replying to @sol": a reply's link to its parent; nothing for a top-level activity. */
export function InReplyTo({ activity, belowParent }: InReplyToProps) {
  const { reply_to_activity_uuid: uuid, reply_to_handle: handle } = activity
  if (!uuid || !handle) return null
  if (belowParent) return <p className="visually-hidden">{`Replying to @${handle}`}</p>
  return (
    <p className="context">
      Replying to <a href={paths.activity({ uuid, user: { handle } })}>{`@${handle}`}</a>
    </p>
  )
}

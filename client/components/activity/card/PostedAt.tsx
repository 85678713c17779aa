import type { Activity } from '../../../../worker/contract/activity.ts'
import { useHasScript } from '../../../has-script.tsx'
import { formatExpiry, formatPostedAt } from '../../../time/durations.ts'

const UTC = { locale: 'en-GB', timeZone: 'UTC' }

/** When an activity was posted and when it expires: in UTC from the server, in the viewer's zone and language with script. */
export function PostedAt({ activity: { created_at, expires_at } }: { activity: Activity }) {
  const style = useHasScript() ? {} : UTC
  return (
    <p className="posted">
      Lit <time dateTime={created_at}>{formatPostedAt(created_at, style)}</time>, gone{' '}
      <time dateTime={expires_at}>{formatExpiry(Date.parse(expires_at), style)}</time>
    </p>
  )
}

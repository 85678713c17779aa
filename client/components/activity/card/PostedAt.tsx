import type { Activity } from '../../../../worker/contract/activity.ts'
import { useHasScript } from '../../../has-script.tsx'
import { formatMoment } from '../../../time/durations.ts'

const UTC = { locale: 'en-GB', timeZone: 'UTC' }

/** When an activity was posted and when it expires: in UTC from the server, in the viewer's zone and language with script. */
export function PostedAt({ activity: { created_at, expires_at } }: { activity: Activity }) {
  const scripted = useHasScript()
  const text = (at: string) => (scripted ? formatMoment(at, {}, Date.now()) : formatMoment(at, UTC))
  return (
    <p className="posted">
      Posted <time dateTime={created_at}>{text(created_at)}</time> · gone{' '}
      <time dateTime={expires_at}>{text(expires_at)}</time>
    </p>
  )
}

import type { Activity } from '../../../../worker/contract/activity.ts'
import { useHasScript } from '../../../has-script.tsx'
import { formatMoment } from '../../../time/durations.ts'

const UTC = { locale: 'en-GB', timeZone: 'UTC' }

/** Who sees an activity on its own page, unless everyone does. */
const SEEN_BY = {
  everyone: '',
  followers: ' · only for followers',
  circle: ' · only for a circle',
  mentioned: ' · only for people mentioned',
}

/** When an activity was posted and when it expires, and for whom it is: times in UTC from the server, in the viewer's zone and language with script. */
export function PostedAt({ activity: { created_at, expires_at, audience } }: { activity: Activity }) {
  const scripted = useHasScript()
  const text = (at: string) => (scripted ? formatMoment(at, {}, Date.now()) : formatMoment(at, UTC))
  return (
    <p className="posted">
      Posted <time dateTime={created_at}>{text(created_at)}</time> · gone{' '}
      <time dateTime={expires_at}>{text(expires_at)}</time>
      {SEEN_BY[audience]}
    </p>
  )
}

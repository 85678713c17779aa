import { TTL_SECONDS, TTLS } from '../../../../worker/contract/ttl.ts'
import { useHasScript } from '../../../has-script.tsx'
import { formatExpiry, TTL_LABELS } from '../../../time/durations.ts'
import { useNow } from '../../../time/use-now.ts'

/**
 * "Gone in 7 days" from the server, "Gone Tue 1 Dec, 14:05" with script. Renders all seven TTLs; CSS shows the checked one, so it
 * is right without script, after a reset, and after the browser has restored the form.
 */
export function ExpiryPreview() {
  const scripted = useHasScript()
  const now = useNow(15_000)
  return (
    <p className="expiry-preview">
      {TTLS.map((ttl) => (
        <span key={ttl} data-ttl={ttl}>
          {scripted ? 'Gone ' : 'Gone in '}
          <b>{scripted ? formatExpiry(now + TTL_SECONDS[ttl] * 1000) : TTL_LABELS[ttl].full}</b>
        </span>
      ))}
    </p>
  )
}

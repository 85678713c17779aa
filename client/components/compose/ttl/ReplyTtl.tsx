import { TTL_SECONDS, TTLS, type Ttl } from '../../../../worker/contract/ttl.ts'
import { formatDuration, secondsBetween, TTL_LABELS } from '../../../time/durations.ts'
import { useNow } from '../../../time/use-now.ts'
import { TtlNotch } from './TtlNotch.tsx'

/** Update interval of the parent's time left, in ms. */
const UPDATE_MS = 15_000

/** A TTL is offered if it ends more than this before the parent, in seconds. */
const MARGIN_S = 60

/** Returns the TTLs that end more than MARGIN_S before `seconds` have passed. */
const shorterThan = (seconds: number): Ttl[] => TTLS.filter((ttl) => TTL_SECONDS[ttl] + MARGIN_S < seconds)

/**
 * Radio buttons for the TTL of a reply: each TTL that is shorter than the parent's time left, and the default, "same end", which sends
 * a blank `ttl`: the reply then expires with its parent.
 */
export function ReplyTtlChooser({ parentExpiresAt, chosen }: { parentExpiresAt: string; chosen?: string | undefined }) {
  const offered = shorterThan(secondsBetween(useNow(UPDATE_MS), parentExpiresAt))
  if (offered.length === 0) return <div className="ttl-chooser-empty" />
  const checked = offered.find((ttl) => ttl === chosen)
  return (
    <fieldset className="ttl-chooser reply">
      <legend className="visually-hidden">Gone in</legend>
      {offered.map((ttl) => (
        <TtlNotch
          key={ttl}
          value={ttl}
          label={TTL_LABELS[ttl].short}
          name={TTL_LABELS[ttl].full}
          checked={ttl === checked}
        />
      ))}
      <TtlNotch value="" label="same end" name="Same end as this crud" checked={!checked} />
    </fieldset>
  )
}

/** "Ends with this crud, in 52 minutes", or "Gone in 3 hours": CSS shows the one whose radio button is checked. */
export function ReplyExpiry({ parentExpiresAt }: { parentExpiresAt: string }) {
  const left = secondsBetween(useNow(UPDATE_MS), parentExpiresAt)
  const offered = shorterThan(left)
  return (
    <p className="expiry-preview">
      <span data-ttl="with-it">
        {left > 0 ? (
          <>
            Ends with this crud, in <b>{formatDuration(left)}</b>
          </>
        ) : (
          'This crud has burnt out.'
        )}
      </span>
      {offered.map((ttl) => (
        <span key={ttl} data-ttl={ttl}>
          Gone in <b>{TTL_LABELS[ttl].full}</b>
        </span>
      ))}
    </p>
  )
}

import { LIFETIMES, TTLS, type Ttl } from '../../../../worker/contract/ttl.ts'
import { formatDuration, secondsBetween, TTL_LABELS } from '../../../time/durations.ts'
import { useNow } from '../../../time/use-now.ts'

/** How often what is left is looked at, ms. */
const LOOK = 15_000

/** Seconds. A life that is over within a minute before the parent's is no choice. */
const MARGIN = 60

/** The lifetimes that end before `seconds` are over. */
const shorterThan = (seconds: number): Ttl[] => TTLS.filter((ttl) => LIFETIMES[ttl] + MARGIN < seconds)

/**
 * How long a reply shall burn: as the chooser of a crud, but only lifetimes shorter than what its parent has left, and at
 * the cord's end the parent's own, which is lit at first and sends a blank `ttl`.
 */
export function ReplyTtlChooser({ ends, chosen }: { ends: string; chosen?: string | undefined }) {
  const offered = shorterThan(secondsBetween(useNow(LOOK), ends))
  if (offered.length === 0) return <div className="ttl-chooser-empty" />
  const lit = offered.find((ttl) => ttl === chosen)
  return (
    <fieldset className="ttl-chooser reply">
      <legend className="visually-hidden">Gone in</legend>
      {offered.map((ttl) => (
        <label key={ttl}>
          <input type="radio" name="ttl" value={ttl} aria-label={TTL_LABELS[ttl].full} defaultChecked={ttl === lit} />
          <span aria-hidden="true">{TTL_LABELS[ttl].short}</span>
        </label>
      ))}
      <label>
        <input type="radio" name="ttl" value="" aria-label="With the crud it answers" defaultChecked={!lit} />
        <span aria-hidden="true">with it</span>
      </label>
    </fieldset>
  )
}

/** "Ends with the crud it answers, in 52 minutes", or "Gone in 3 hours": the sheet shows what the chooser says. */
export function ReplyExpiry({ ends }: { ends: string }) {
  const left = secondsBetween(useNow(LOOK), ends)
  const offered = shorterThan(left)
  return (
    <p className="expiry-preview">
      <span data-ttl="with-it">
        {left > 0 ? (
          <>
            Ends with the crud it answers, in <b>{formatDuration(left)}</b>
          </>
        ) : (
          'The crud it answers has burnt out.'
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

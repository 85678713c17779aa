import { DEFAULT_TTL, TTLS, type Ttl } from '../../../worker/contract/limits.ts'
import { TTL_WORDS } from '../../lib/time.ts'

type TtlChooserProps = {
  /** Which notch is lit at first. */
  chosen?: Ttl | undefined
  /** Id of what is wrong with the choice. */
  errorId?: string | undefined
}

/** How long a crud shall burn: seven radio buttons, drawn as notches on a cord. Sends `ttl`. */
export function TtlChooser({ chosen = DEFAULT_TTL, errorId }: TtlChooserProps) {
  return (
    <fieldset className="lives" aria-describedby={errorId}>
      <legend className="hidden">Gone in</legend>
      {TTLS.map((ttl) => (
        <label key={ttl}>
          <input type="radio" name="ttl" value={ttl} aria-label={TTL_WORDS[ttl].full} defaultChecked={ttl === chosen} />
          <span aria-hidden="true">{TTL_WORDS[ttl].short}</span>
        </label>
      ))}
    </fieldset>
  )
}

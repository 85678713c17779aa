import { DEFAULT_TTL, TTLS, type Ttl } from '../../../../worker/contract/ttl.ts'
import { usePreferences } from '../../../app-context.tsx'
import { TTL_LABELS } from '../../../time/durations.ts'

type TtlChooserProps = {
  /** Which notch is lit at first; left out, the one that the reader begins with. */
  chosen?: Ttl | undefined
  /** Id of what is wrong with the choice. */
  errorId?: string | undefined
}

/** How long a crud shall burn: seven radio buttons, drawn as notches on a cord. Sends `ttl`. */
export function TtlChooser({ chosen, errorId }: TtlChooserProps) {
  const usual = usePreferences()?.default_ttl
  const lit = chosen ?? usual ?? DEFAULT_TTL
  return (
    <fieldset className="ttl-chooser" aria-describedby={errorId}>
      <legend className="visually-hidden">Gone in</legend>
      {TTLS.map((ttl) => (
        <label key={ttl}>
          <input type="radio" name="ttl" value={ttl} aria-label={TTL_LABELS[ttl].full} defaultChecked={ttl === lit} />
          <span aria-hidden="true">{TTL_LABELS[ttl].short}</span>
        </label>
      ))}
    </fieldset>
  )
}

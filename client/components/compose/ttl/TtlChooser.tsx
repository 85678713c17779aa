import { DEFAULT_TTL, TTLS } from '../../../../worker/contract/ttl.ts'
import { usePreferences } from '../../../app-context.tsx'
import { TTL_LABELS } from '../../../time/durations.ts'
import { TtlNotch } from './TtlNotch.tsx'

type TtlChooserProps = {
  /** Initially checked TTL; default: the viewer's preference. */
  chosen?: string | undefined
  /** Id of the element with the error. */
  errorId?: string | undefined
}

/** Radio buttons for the TTL of an activity. Sends `ttl`. */
export function TtlChooser({ chosen, errorId }: TtlChooserProps) {
  const preferred = usePreferences()?.default_ttl
  const checked = chosen ?? preferred ?? DEFAULT_TTL
  return (
    <fieldset className="ttl-chooser" aria-describedby={errorId}>
      <legend className="visually-hidden">Gone in</legend>
      {TTLS.map((ttl) => (
        <TtlNotch
          key={ttl}
          value={ttl}
          label={TTL_LABELS[ttl].short}
          name={TTL_LABELS[ttl].full}
          checked={ttl === checked}
        />
      ))}
    </fieldset>
  )
}

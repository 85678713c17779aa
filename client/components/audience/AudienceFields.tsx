import { AUDIENCES, type Audience, WHO_CAN_REPLY, type WhoCanReply } from '../../../worker/contract/audience.ts'
import { usePreferences } from '../../app-context.tsx'
import { AUDIENCE_LABELS } from './audience-labels.ts'

/** The values of a refused form, by input name. */
type Values = Partial<Record<string, string>>

/** Selects for who sees a new activity and who may reply. Send `audience` and `who_can_reply`. */
export function AudienceFields({ values = {} }: { values?: Values | undefined }) {
  const preferred = usePreferences()?.default_audience
  return (
    <div className="audience-fields">
      <Choice label="Seen by" name="audience" offered={AUDIENCES} chosen={values.audience ?? preferred} />
      <Choice label="Replies from" name="who_can_reply" offered={WHO_CAN_REPLY} chosen={values.who_can_reply} />
    </div>
  )
}

type ChoiceProps = {
  label: string
  name: string
  offered: readonly (Audience | WhoCanReply)[]
  chosen: string | undefined
}

const Choice = ({ label, name, offered, chosen }: ChoiceProps) => (
  <label>
    {label}
    <select name={name} defaultValue={chosen}>
      {offered.map((who) => (
        <option key={who} value={who}>
          {AUDIENCE_LABELS[who]}
        </option>
      ))}
    </select>
  </label>
)

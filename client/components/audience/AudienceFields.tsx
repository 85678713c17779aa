import { AUDIENCES, type Audience, WHO_CAN_REPLY, type WhoCanReply } from '../../../worker/contract/audience.ts'
import { usePreferences } from '../../app-context.tsx'
import { AUDIENCE_LABELS } from './audience-labels.ts'

/** The values of a refused form, by input name. */
type Values = Partial<Record<string, string>>

type AudienceFieldsProps = {
  values?: Values | undefined
  /** The audience that is chosen now; undefined before the first change. */
  audience?: string | undefined
}

/** Selects for who sees a new activity and who may reply. Send `audience` and `who_can_reply`. */
export function AudienceFields({ values = {}, audience }: AudienceFieldsProps) {
  const { default_audience } = usePreferences() ?? {}
  const preferred = values.audience ?? default_audience
  const isForEveryone = (audience ?? preferred ?? 'everyone') === 'everyone'
  return (
    <div className="audience-fields">
      <Choice label="Seen by" name="audience" offered={AUDIENCES} chosen={preferred} />
      <Choice
        label="Replies from"
        name="who_can_reply"
        offered={WHO_CAN_REPLY}
        chosen={values.who_can_reply}
        labels={isForEveryone ? AUDIENCE_LABELS : { ...AUDIENCE_LABELS, everyone: 'Everyone who sees it' }}
      />
    </div>
  )
}

type ChoiceProps = {
  label: string
  name: string
  offered: readonly (Audience | WhoCanReply)[]
  chosen: string | undefined
  labels?: typeof AUDIENCE_LABELS
}

const Choice = ({ label, name, offered, chosen, labels = AUDIENCE_LABELS }: ChoiceProps) => (
  <label>
    {label}
    <select name={name} defaultValue={chosen}>
      {offered.map((who) => (
        <option key={who} value={who}>
          {labels[who]}
        </option>
      ))}
    </select>
  </label>
)

import { AUDIENCES, WHO_CAN_REPLY } from '../../../worker/contract/audience.ts'
import { usePreferences } from '../../app-context.tsx'
import { AUDIENCE_LABELS } from './audience-labels.ts'

/** The values of a refused form, by input name. */
type Values = Partial<Record<string, string>>

/** Selects for who sees a new activity and who may reply. Send `audience` and `who_can_reply`. */
export function AudienceFields({ values = {} }: { values?: Values | undefined }) {
  const preferred = usePreferences()?.default_audience
  return (
    <div className="audience-fields">
      <label>
        Seen by
        <select name="audience" defaultValue={values.audience ?? preferred}>
          {AUDIENCES.map((audience) => (
            <option key={audience} value={audience}>
              {AUDIENCE_LABELS[audience]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Replies from
        <select name="who_can_reply" defaultValue={values.who_can_reply}>
          {WHO_CAN_REPLY.map((who) => (
            <option key={who} value={who}>
              {AUDIENCE_LABELS[who]}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

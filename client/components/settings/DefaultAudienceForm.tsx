import { AUDIENCES, type Audience } from '../../../worker/contract/audience.ts'
import { AUDIENCE_LABELS } from '../audience/audience-labels.ts'
import { type FormState, SettingsForm } from './SettingsForm.tsx'

/** Form for the audience that is preselected when composing. */
export function DefaultAudienceForm({ audience, ...state }: FormState & { audience: Audience }) {
  return (
    <SettingsForm intent="audience" label="Save audience" {...state}>
      <fieldset className="choices">
        <legend className="visually-hidden">Audience</legend>
        {AUDIENCES.map((each) => (
          <label key={each}>
            <input type="radio" name="audience" value={each} defaultChecked={each === audience} />
            {AUDIENCE_LABELS[each]}
          </label>
        ))}
      </fieldset>
    </SettingsForm>
  )
}

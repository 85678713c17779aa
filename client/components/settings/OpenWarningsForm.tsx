import { type FormState, SettingsForm } from './SettingsForm.tsx'

/** Form for whether what has a content warning is shown opened. */
export function OpenWarningsForm({ opens, ...state }: FormState & { opens: boolean }) {
  return (
    <SettingsForm intent="warnings" label="Save content warnings" {...state}>
      <label className="choices">
        <input type="checkbox" name="open_warnings" value="on" defaultChecked={opens} />
        Always open them
      </label>
    </SettingsForm>
  )
}

import { type FormState, SettingsForm } from './SettingsForm.tsx'

/** Form for whether texts and images with a content warning are shown without a click. */
export function OpenWarningsForm({ open_warnings, ...state }: FormState & { open_warnings: boolean }) {
  return (
    <SettingsForm intent="warnings" label="Save content warnings" {...state}>
      <label className="choices">
        <input type="checkbox" name="open_warnings" value="on" defaultChecked={open_warnings} />
        Always open them
      </label>
    </SettingsForm>
  )
}

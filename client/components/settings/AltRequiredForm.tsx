import { type FormState, SettingsForm } from './SettingsForm.tsx'

/** Form for whether the viewer's pictures must have an alt text. */
export function AltRequiredForm({ alt_required, ...state }: FormState & { alt_required: boolean }) {
  return (
    <SettingsForm intent="alt-text" label="Save alt texts" {...state}>
      <div>
        <label className="choices">
          <input
            type="checkbox"
            name="alt_required"
            value="on"
            defaultChecked={alt_required}
            aria-describedby="alt-required-hint"
          />
          Require a description for each picture
        </label>
        <p className="soft" id="alt-required-hint">
          People who cannot see a picture get its alt text. Search finds it too.
        </p>
      </div>
    </SettingsForm>
  )
}

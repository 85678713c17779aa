import { THEMES, type Theme } from '../../../worker/contract/theme.ts'
import { type FormState, SettingsForm } from './SettingsForm.tsx'

const WORDS: Record<Theme, string> = { system: 'Match device', dark: 'Dark', light: 'Light' }

/** Form for the site's theme while signed in. */
export function ThemeForm({ theme, ...state }: FormState & { theme: Theme }) {
  return (
    <SettingsForm intent="theme" label="Save theme" {...state}>
      <fieldset className="choices">
        <legend className="visually-hidden">Theme</legend>
        {THEMES.map((each) => (
          <label key={each}>
            <input type="radio" name="theme" value={each} defaultChecked={each === theme} />
            {WORDS[each]}
          </label>
        ))}
      </fieldset>
    </SettingsForm>
  )
}

import { Form } from 'react-router'
import { THEMES, type Theme } from '../../../worker/contract/limits.ts'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { formErrors } from '../../texts/sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { SavedNote } from './SavedNote.tsx'

const WORDS: Record<Theme, string> = { system: 'Like my device', dark: 'Dark', light: 'Light' }

type ThemeFormProps = { theme: Theme; failure: FormFailure | undefined; pending: boolean; saved: boolean }

/** Form for the site's theme while signed in. */
export function ThemeForm({ theme, failure, pending, saved }: ThemeFormProps) {
  return (
    <Form method="post" action={paths.settings()} className="form" preventScrollReset>
      <FormError sentences={formErrors(failure?.errors, [])} />
      <fieldset className="choices">
        <legend className="visually-hidden">Theme</legend>
        {THEMES.map((each) => (
          <label key={each}>
            <input type="radio" name="theme" value={each} defaultChecked={each === theme} />
            {WORDS[each]}
          </label>
        ))}
      </fieldset>
      <div className="buttons">
        <Button name="intent" value="theme" pending={pending} aria-label="Save theme">
          Save
        </Button>
        <SavedNote saved={saved} />
      </div>
    </Form>
  )
}

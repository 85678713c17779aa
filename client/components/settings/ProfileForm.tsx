import { useRef } from 'react'
import { BIO_MAX, DISPLAY_NAME_MAX } from '../../../worker/contract/limits.ts'
import type { Profile } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { fieldError } from '../../texts/form-errors.ts'
import { CountedField } from '../../ui/form/CountedField.tsx'
import { useDraft } from '../compose/use-draft.ts'
import { type FormState, SettingsForm } from './SettingsForm.tsx'

/** Form for display name and bio. Also sends their previous values, so that only changed ones are written. */
export function ProfileForm({ profile, ...state }: FormState & { profile: Profile }) {
  const { errors, values } = state.failure ?? {}
  const { display_name, bio } = profile
  const form = useRef<HTMLFormElement>(null)
  useDraft({ form, path: paths.settings(), initialTexts: { display_name, bio } })
  return (
    <SettingsForm intent="profile" fields={['display_name', 'bio']} ref={form} {...state}>
      <input type="hidden" name="display_name_before" value={display_name} />
      <input type="hidden" name="bio_before" value={bio} />
      <CountedField
        name="display_name"
        label="Name"
        autoComplete="name"
        max={DISPLAY_NAME_MAX}
        value={values?.display_name ?? display_name}
        error={fieldError(errors, 'display_name')}
      />
      <CountedField
        name="bio"
        label="About you"
        multiline
        max={BIO_MAX}
        value={values?.bio ?? bio}
        error={fieldError(errors, 'bio')}
      />
    </SettingsForm>
  )
}

import { useRef } from 'react'
import { Form } from 'react-router'
import { BIO_MAX, DISPLAY_NAME_MAX } from '../../../worker/contract/limits.ts'
import type { Profile } from '../../../worker/contract/user.ts'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { fieldError, formErrors } from '../../texts/sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { CountedField } from '../../ui/form/CountedField.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { useDraft } from '../compose/use-draft.ts'
import { SavedNote } from './SavedNote.tsx'

type ProfileFormProps = { profile: Profile; failure: FormFailure | undefined; pending: boolean; saved: boolean }

/** Form for display name and bio. Also sends their previous values, so that only changed ones are written. */
export function ProfileForm({ profile, failure, pending, saved }: ProfileFormProps) {
  const { errors, values } = failure ?? {}
  const { display_name, bio } = profile
  const form = useRef<HTMLFormElement>(null)
  useDraft({ form, place: paths.settings(), texts: { display_name, bio } })
  return (
    <Form method="post" action={paths.settings()} className="form" ref={form} noValidate preventScrollReset>
      <FormError sentences={formErrors(errors, ['display_name', 'bio'])} />
      <input type="hidden" name="display_name_before" value={profile.display_name} />
      <input type="hidden" name="bio_before" value={profile.bio} />
      <CountedField
        name="display_name"
        label="Name"
        autoComplete="name"
        max={DISPLAY_NAME_MAX}
        value={values?.display_name ?? profile.display_name}
        error={fieldError(errors, 'display_name')}
      />
      <CountedField
        name="bio"
        label="About you"
        multiline
        max={BIO_MAX}
        value={values?.bio ?? profile.bio}
        error={fieldError(errors, 'bio')}
      />
      <div className="buttons">
        <Button name="intent" value="profile" pending={pending}>
          Save
        </Button>
        <SavedNote saved={saved} />
      </div>
    </Form>
  )
}

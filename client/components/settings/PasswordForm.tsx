import { Form } from 'react-router'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { fieldError, formErrors } from '../../texts/sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { PasswordRules } from '../session/PasswordRules.tsx'
import { SavedNote } from './SavedNote.tsx'

type PasswordFormProps = { failure: FormFailure | undefined; pending: boolean; saved: boolean }

/** Form that changes the password; asks for the current one. */
export function PasswordForm({ failure, pending, saved }: PasswordFormProps) {
  const errors = failure?.errors
  return (
    <Form method="post" action={paths.settings()} className="form" noValidate preventScrollReset>
      <FormError sentences={formErrors(errors, ['current', 'new'])} />
      <Field
        name="current"
        label="Present password"
        type="password"
        autoComplete="current-password"
        error={fieldError(errors, 'current')}
      />
      <Field
        name="new"
        label="New password"
        type="password"
        autoComplete="new-password"
        hint={<PasswordRules />}
        error={fieldError(errors, 'new')}
      />
      <div className="buttons">
        <Button name="intent" value="password" pending={pending}>
          Change password
        </Button>
        <SavedNote saved={saved}>Changed. Everywhere else you are signed out.</SavedNote>
      </div>
    </Form>
  )
}

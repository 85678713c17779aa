import { useState } from 'react'
import { fieldError } from '../../texts/form-errors.ts'
import { Field } from '../../ui/form/Field.tsx'
import { PasswordRules } from '../session/PasswordRules.tsx'
import { ShowPassword } from '../session/ShowPassword.tsx'
import { type FormState, SettingsForm } from './SettingsForm.tsx'

const NOTE = 'Password changed. You’re signed out everywhere else.'

/** Form that changes the password; asks for the current one. */
export function PasswordForm(state: FormState) {
  const errors = state.failure?.errors
  const [shown, setShown] = useState(false)
  const type = shown ? 'text' : 'password'
  return (
    <SettingsForm intent="password" fields={['current', 'new']} submitLabel="Change password" note={NOTE} {...state}>
      <Field
        name="current"
        label="Current password"
        type={type}
        autoComplete="current-password"
        error={fieldError(errors, 'current')}
      />
      <Field
        name="new"
        label="New password"
        type={type}
        autoComplete="new-password"
        hint={<PasswordRules />}
        error={fieldError(errors, 'new')}
      />
      <ShowPassword shown={shown} onChange={setShown} />
    </SettingsForm>
  )
}

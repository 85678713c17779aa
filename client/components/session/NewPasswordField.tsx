import { Field } from '../../ui/form/Field.tsx'
import { PasswordRules } from './PasswordRules.tsx'

type NewPasswordFieldProps = {
  name: string
  label: string
  error: string | undefined
  describedBy?: string | false
  /** The form was refused. The password was not sent back, so it has to be typed again. */
  isRefused?: boolean
}

/** Field for a password that is chosen now, with its rules. */
export const NewPasswordField = ({ isRefused = false, ...field }: NewPasswordFieldProps) => (
  <Field
    type="password"
    autoComplete="new-password"
    required
    autoFocus
    hint={
      <>
        <PasswordRules />
        {isRefused && ' Please type your password again.'}
      </>
    }
    {...field}
  />
)

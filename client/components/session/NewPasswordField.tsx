import { Field } from '../../ui/form/Field.tsx'
import { PasswordRules } from './PasswordRules.tsx'

type NewPasswordFieldProps = { name: string; label: string; error: string | undefined }

/** Field for a password that is chosen now, with its rules. */
export const NewPasswordField = (field: NewPasswordFieldProps) => (
  <Field type="password" autoComplete="new-password" required hint={<PasswordRules />} {...field} />
)

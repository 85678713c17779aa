import type { ReactNode } from 'react'
import { Field } from '../../ui/form/Field.tsx'

type EmailFieldProps = {
  /** Initial value. */
  email: string | undefined
  hint?: ReactNode
  error?: ReactNode
}

/** Field for the email address of an account. A new document focuses it if it is empty. Sends `email`. */
export const EmailField = ({ email, ...field }: EmailFieldProps) => (
  <Field
    name="email"
    label="Email"
    type="email"
    autoComplete="username"
    required
    defaultValue={email}
    autoFocus={!email}
    {...field}
  />
)

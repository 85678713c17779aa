import { Field } from '../../ui/form/Field.tsx'

/** Field for a code that was sent by email, which is never filled in for the user. Sends `code`. */
export const CodeField = (field: { error: string | undefined; describedBy: string | false }) => (
  <Field name="code" label="Code" autoComplete="one-time-code" inputMode="numeric" required autoFocus {...field} />
)

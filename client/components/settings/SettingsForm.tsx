import type { ReactNode, Ref } from 'react'
import { Form } from 'react-router'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { SavedNote } from './SavedNote.tsx'

/** State of a form of the settings page. */
export type FormState = {
  failure: FormFailure | undefined
  /** The submitted data, until it is answered. */
  pending: FormData | undefined
  saved: boolean
}

type SettingsFormProps = FormState & {
  /** Which form this is, for the page's action. */
  intent: string
  /** Inputs that show their errors themselves. */
  fields?: readonly string[]
  /** Text of the button. */
  submitLabel?: string
  /** Accessible name of the button; default: `submitLabel`. */
  label?: string
  /** Shown beside the button once the form is saved. */
  note?: string
  ref?: Ref<HTMLFormElement>
  children: ReactNode
}

/** A form of the settings page: its errors, inputs, a button, and a note once it is saved. */
export function SettingsForm(props: SettingsFormProps) {
  const {
    intent,
    fields = [],
    submitLabel = 'Save',
    label,
    note = 'Saved.',
    ref,
    failure,
    pending,
    saved,
    children,
  } = props
  return (
    <Form method="post" action={paths.settings()} className="form" ref={ref} noValidate preventScrollReset>
      <FormError sentences={formErrors(failure?.errors, fields)} />
      {children}
      <div className="buttons">
        <Button name="intent" value={intent} pending={pending !== undefined} aria-label={label}>
          {submitLabel}
        </Button>
        <SavedNote saved={saved}>{note}</SavedNote>
      </div>
    </Form>
  )
}

import type { ReactNode, Ref } from 'react'
import { Form } from 'react-router'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { SavedNote } from './SavedNote.tsx'

/** What became of a section's form. */
export type FormState = {
  failure: FormFailure | undefined
  /** What is on its way. */
  pending: FormData | undefined
  saved: boolean
}

type SettingsFormProps = FormState & {
  /** What the page's action is to do. */
  intent: string
  /** Inputs that show their errors themselves. */
  fields?: readonly string[]
  submit?: string
  /** Of the button, for assistive tech. */
  label?: string
  /** Beside the button, once it is saved. */
  note?: string
  ref?: Ref<HTMLFormElement>
  children: ReactNode
}

/** A form of the settings page: what went wrong, its inputs, a button, and that it is saved. */
export function SettingsForm(props: SettingsFormProps) {
  const { intent, fields = [], submit = 'Save', label, note = 'Saved.', ref, failure, pending, saved, children } = props
  return (
    <Form method="post" action={paths.settings()} className="form" ref={ref} noValidate preventScrollReset>
      <FormError sentences={formErrors(failure?.errors, fields)} />
      {children}
      <div className="buttons">
        <Button name="intent" value={intent} pending={pending !== undefined} aria-label={label}>
          {submit}
        </Button>
        <SavedNote saved={saved}>{note}</SavedNote>
      </div>
    </Form>
  )
}

import { Form } from 'react-router'
import type { Ttl } from '../../../worker/contract/limits.ts'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { formErrors } from '../../texts/sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { TtlChooser } from '../compose/ttl/TtlChooser.tsx'
import { SavedNote } from './SavedNote.tsx'

type DefaultTtlFormProps = { lifetime: Ttl; failure: FormFailure | undefined; pending: boolean; saved: boolean }

/** Form for the TTL that is preselected when composing. */
export function DefaultTtlForm({ lifetime, failure, pending, saved }: DefaultTtlFormProps) {
  return (
    <Form method="post" action={paths.settings()} className="form" preventScrollReset>
      <FormError sentences={formErrors(failure?.errors, [])} />
      <TtlChooser chosen={lifetime} />
      <div className="buttons">
        <Button name="intent" value="lifetime" pending={pending} aria-label="Save lifetime">
          Save
        </Button>
        <SavedNote saved={saved} />
      </div>
    </Form>
  )
}

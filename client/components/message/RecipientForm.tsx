import { useRef } from 'react'
import { Form } from 'react-router'
import { useHasScript } from '../../has-script.tsx'
import { paths } from '../../routing/paths.ts'
import { Button } from '../../ui/button/Button.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { useHandleCompletion } from '../compose/mention/use-handle-completion.tsx'

type RecipientFormProps = {
  /** What was typed, if it named nobody. */
  typed: string | null
  error: string | undefined
}

/** Form that opens the conversation with a user, by handle or name. Sends `to`. */
export function RecipientForm({ typed, error }: RecipientFormProps) {
  const box = useRef<HTMLInputElement>(null)
  const { handlers, list } = useHandleCompletion(box, 'recipient')
  return (
    <Form className="recipient-form" action={paths.messages()}>
      <div className="mention-box">
        <Field
          {...handlers}
          {...(useHasScript() && { role: 'combobox', 'aria-expanded': false, 'aria-autocomplete': 'list' })}
          ref={box}
          name="to"
          label="To"
          placeholder="@handle or name"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          defaultValue={typed ?? undefined}
          error={error}
        />
        {list}
      </div>
      <Button look="quiet">Write</Button>
    </Form>
  )
}

import { type ComponentProps, useId, useState } from 'react'
import { countGraphemes } from '../../../worker/contract/graphemes.ts'
import { useHasScript } from '../../has-script.tsx'
import { ErrorText } from './ErrorText.tsx'

type CountedFieldProps = Pick<ComponentProps<'input'>, 'autoComplete' | 'placeholder'> & {
  name: string
  label: string
  /** Grapheme clusters that fit. */
  max: number
  value: string
  /** Many lines. */
  multiline?: boolean
  error?: string | undefined
}

/** A labelled text that says how much fits, and with script how much is left. `value` is what it begins with. */
export function CountedField({ name, label, max, value, multiline = false, error, ...rest }: CountedFieldProps) {
  const id = useId()
  const scripted = useHasScript()
  const [left, setLeft] = useState(() => max - countGraphemes(value))
  const Box = multiline ? 'textarea' : 'input'
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Box
        {...(rest as object)}
        id={id}
        name={name}
        dir="auto"
        defaultValue={value}
        aria-invalid={error ? true : undefined}
        // Of all that are marked a document gives the first one the focus; the running app moves nothing.
        autoFocus={error ? true : undefined}
        aria-describedby={[error && `${id}-error`, `${id}-hint`].filter(Boolean).join(' ')}
        onChange={({ target }: { target: { value: string } }) => setLeft(max - countGraphemes(target.value))}
      />
      {error && <ErrorText id={`${id}-error`}>{error}</ErrorText>}
      <p className="hint counted">
        <span id={`${id}-hint`}>Up to {max} characters</span>
        {scripted && (
          <span className={left < 0 ? 'room over' : 'room'}>{left < 0 ? `${-left} over` : `${left} left`}</span>
        )}
      </p>
    </div>
  )
}

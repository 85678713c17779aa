import { type ComponentProps, useId, useState } from 'react'
import { countGraphemes } from '../../../worker/contract/graphemes.ts'
import { useHasScript } from '../../has-script.tsx'
import { numberText } from './count-text.ts'
import { ErrorText } from './ErrorText.tsx'

type CountedFieldProps = Pick<ComponentProps<'input'>, 'autoComplete' | 'placeholder'> & {
  name: string
  label: string
  /** Maximum length in grapheme clusters. */
  max: number
  value: string
  /** A textarea instead of an input. */
  multiline?: boolean
  error?: string | undefined
}

/** Labelled input with a maximum length; with script it shows the characters left. `value` is the initial value. */
export function CountedField({ name, label, max, value, multiline = false, error, ...rest }: CountedFieldProps) {
  const id = useId()
  const hasScript = useHasScript()
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
        // A new document focuses the first of several such fields; within the app nothing is focused.
        autoFocus={error ? true : undefined}
        aria-describedby={[error && `${id}-error`, `${id}-hint`].filter(Boolean).join(' ')}
        onChange={({ target }: { target: { value: string } }) => setLeft(max - countGraphemes(target.value))}
      />
      {error && <ErrorText id={`${id}-error`}>{error}</ErrorText>}
      <p className="hint counted">
        <span id={`${id}-hint`}>Up to {numberText(max)} characters</span>
        {hasScript && (
          <span className={left < 0 ? 'char-count over-limit' : 'char-count'}>
            {left < 0 ? `${-left} over` : `${left} left`}
          </span>
        )}
      </p>
    </div>
  )
}

import { type ComponentProps, type ReactNode, useId } from 'react'
import { ErrorText } from './ErrorText.tsx'

type FieldProps = Omit<ComponentProps<'input'>, 'id' | 'name' | 'children'> & {
  name: string
  label: string
  /** Help text below the input. */
  hint?: ReactNode
  /** Error message below the input. */
  error?: string | undefined
  /** Values offered with the error, such as free handles. */
  suggestions?: readonly string[] | undefined
}

/** Labelled input with hint and error message. */
export function Field({ name, label, hint, error, suggestions = [], className, ...input }: FieldProps) {
  const id = useId()
  const hasSuggestions = suggestions.length > 0
  return (
    <div className={className ? `field ${className}` : 'field'}>
      <label htmlFor={id}>{label}</label>
      <input
        type="text"
        {...input}
        id={id}
        name={name}
        list={hasSuggestions ? `${id}-list` : undefined}
        aria-invalid={error ? true : undefined}
        // A new document focuses the first of several such fields; within the app nothing is focused.
        // biome-ignore lint/a11y/noAutofocus: without script, this is how the focus moves to the error.
        autoFocus={error ? true : undefined}
        aria-describedby={[error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined}
      />
      {error && (
        <ErrorText id={`${id}-error`}>
          {error}
          {hasSuggestions && (
            <>
              {' Still free: '}
              {suggestions.map((suggestion, i) => (
                <span key={suggestion}>
                  {i > 0 && ', '}
                  <b>{suggestion}</b>
                </span>
              ))}
            </>
          )}
        </ErrorText>
      )}
      {hasSuggestions && (
        <datalist id={`${id}-list`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

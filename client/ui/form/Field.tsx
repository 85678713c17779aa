import { type ComponentProps, type ReactNode, useId } from 'react'
import { ErrorText } from './ErrorText.tsx'

type FieldProps = Omit<ComponentProps<'input'>, 'id' | 'name' | 'children'> & {
  name: string
  label: string
  /** Said before anything is typed: what will be taken. */
  hint?: ReactNode
  /** What is wrong with what was typed. */
  error?: string | undefined
  /** Offered with the error, to take instead: three free handles. */
  suggestions?: readonly string[] | undefined
}

/** A labelled input; hint and error are tied to it. `defaultValue` keeps what was typed. */
export function Field({ name, label, hint, error, suggestions = [], className, ...input }: FieldProps) {
  const id = useId()
  const offers = suggestions.length > 0
  return (
    <div className={className ? `field ${className}` : 'field'}>
      <label htmlFor={id}>{label}</label>
      <input
        type="text"
        {...input}
        id={id}
        name={name}
        list={offers ? `${id}-list` : undefined}
        aria-invalid={error ? true : undefined}
        // Of all that are marked a document gives the first one the focus; the running app moves nothing.
        // biome-ignore lint/a11y/noAutofocus: whoever has no script is led to what is wrong.
        autoFocus={error ? true : undefined}
        aria-describedby={[error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined}
      />
      {error && (
        <ErrorText id={`${id}-error`}>
          {error}
          {offers && (
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
      {offers && (
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

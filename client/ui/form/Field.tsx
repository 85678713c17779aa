import { type ComponentProps, Fragment, type ReactNode, useId } from 'react'
import { useHasScript } from '../../has-script.tsx'
import { ErrorText } from './ErrorText.tsx'

type FieldProps = Omit<ComponentProps<'input'>, 'id' | 'name' | 'children'> & {
  name: string
  label: string
  /** Help text below the input. */
  hint?: ReactNode
  /** Error message below the input. */
  error?: ReactNode
  /** Id of another text that describes the input. */
  describedBy?: string | false | undefined
  /** Values offered with the error, such as free handles. A press submits the form with `picked_` and the field's name. */
  suggestions?: readonly string[] | undefined
}

/** Labelled input with hint and error message. */
export function Field(props: FieldProps) {
  const { name, label, hint, error, describedBy, suggestions = [], className, autoFocus, ...input } = props
  const id = useId()
  const hasScript = useHasScript()
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
        // A new document focuses the first of several such fields. Script would focus the last, so it leaves the focus to the page.
        // biome-ignore lint/a11y/noAutofocus: without script, this is how the focus moves to an error, or to what is to be filled in.
        autoFocus={!hasScript && (error || autoFocus) ? true : undefined}
        aria-describedby={
          [describedBy, error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
        }
      />
      {error && (
        <ErrorText id={`${id}-error`}>
          {error}
          {hasSuggestions && (
            <span className="suggestions">
              {' Still free: '}
              {suggestions.map((suggestion) => (
                <Fragment key={suggestion}>
                  <button
                    type="submit"
                    className="suggestion"
                    name={`picked_${name}`}
                    value={suggestion}
                    formNoValidate
                  >
                    {suggestion}
                  </button>{' '}
                </Fragment>
              ))}
            </span>
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

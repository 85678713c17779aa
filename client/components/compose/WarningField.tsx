import { useId, useState } from 'react'
import { CONTENT_WARNING_MAX } from '../../../worker/contract/limits.ts'
import { ErrorText } from '../../ui/form/ErrorText.tsx'
import { isEnter } from './submit-on-ctrl-enter.ts'

type WarningFieldProps = {
  /** Initial text. */
  value: string
  error: string | undefined
}

/** Input for a content warning, folded until it is used. Sends `warning`; blank: none. */
export function WarningField({ value, error }: WarningFieldProps) {
  const id = useId()
  const [isOpen, setOpen] = useState(value !== '')
  return (
    <details
      className="warning-field"
      open={isOpen || error !== undefined}
      onToggle={({ currentTarget: details }) => {
        setOpen(details.open)
        // Opened by the user, not by a restored draft.
        if (details.open && details.contains(document.activeElement)) details.querySelector('input')?.focus()
      }}
      // Also when a draft is restored.
      onInput={() => setOpen(true)}
    >
      <summary>Content warning</summary>
      <input
        name="warning"
        dir="auto"
        autoComplete="off"
        aria-label="Content warning"
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-hint${error ? ` ${id}-error` : ''}`}
        placeholder="Shown instead of the text until it’s opened."
        defaultValue={value}
        // Enter would send the form.
        onKeyDown={(event) => isEnter(event) && !(event.ctrlKey || event.metaKey) && event.preventDefault()}
      />
      <span className="visually-hidden" id={`${id}-hint`}>
        Up to {CONTENT_WARNING_MAX} characters.
      </span>
      {error && <ErrorText id={`${id}-error`}>{error}</ErrorText>}
    </details>
  )
}

type StatusLineProps = {
  id?: number
  text?: string
  action?: { label: string; run: () => void } | undefined
}

/** A toast at the bottom of the window, which CSS hides after 10 s. A new text needs a new `id`. */
export function StatusLine({ id, text, action }: StatusLineProps) {
  return (
    <div className="status-line" role="status">
      {text && (
        <p key={id}>
          <span>{text}</span>
          {action && (
            <button type="button" onClick={action.run}>
              {action.label}
            </button>
          )}
        </p>
      )}
    </div>
  )
}

/** A toast at the bottom of the window, which CSS hides after 10 s. A new text needs a new `id`. */
export function StatusLine({ id, text }: { id?: number | undefined; text?: string | undefined }) {
  return (
    <div className="status-line" role="status">
      {text && <p key={id}>{text}</p>}
    </div>
  )
}

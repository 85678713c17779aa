/** A sentence at the foot of the window that is said once and leaves by itself. Give a new one a new `id`. */
export function StatusLine({ id, text }: { id?: number | undefined; text?: string | undefined }) {
  return (
    <div className="status-line" role="status">
      {text && <p key={id}>{text}</p>}
    </div>
  )
}

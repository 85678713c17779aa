/** Errors of a form as a whole; nothing if there are none. */
export function FormError({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  return (
    <div className="form-error" role="alert">
      {sentences.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  )
}

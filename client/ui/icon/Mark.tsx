/** The logo's mark: a C that is a fuse, with an ember at its upper end. Decorative. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M23.9 8.1A11 11 0 1 0 26.3 19.8" />
      <circle cx="23.9" cy="8.1" r="3.4" />
    </svg>
  )
}

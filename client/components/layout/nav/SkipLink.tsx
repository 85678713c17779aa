/** Link that skips the navigation; the first focusable element of a page. */
export function SkipLink() {
  return (
    <a className="skip-link" href="#main">
      Skip navigation
    </a>
  )
}

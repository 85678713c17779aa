/** The line above a crud. Its length comes from the custom properties of what holds it. Decorative: words say it too. */
export function Fuse() {
  return <div className="fuse" aria-hidden="true" />
}

/** The line above an activity that burns down. Its length comes from custom properties of its parent (`fuseStyle`). Decorative. */
export function Fuse() {
  return <div className="fuse" aria-hidden="true" />
}

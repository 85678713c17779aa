/** Decorative line above an activity, as long as its time left: custom properties of its parent (`fuseStyle`). */
export function Fuse() {
  return <div className="fuse" aria-hidden="true" />
}

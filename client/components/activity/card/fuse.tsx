/** Decorative line above an activity. Its length comes from custom properties of its parent (`fuseStyle`). Not a component: nothing varies. */
export const fuse = <div className="fuse" aria-hidden="true" />

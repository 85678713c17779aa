/** Decorative line above an activity, as long as its time left: custom properties of its parent (`fuseStyle`). No component: nothing varies. */
export const fuse = <div className="fuse" aria-hidden="true" />

/** Decorative line above an activity, whose length custom properties of its parent set (`fuseStyle`). Not a component: nothing varies. */
export const fuse = <div className="fuse" aria-hidden="true" />

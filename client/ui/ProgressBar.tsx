/** A fuse across the top of the window, seen once a step takes longer than 300 ms. */
export function ProgressBar({ active }: { active: boolean }) {
  return active ? <div className="progress" role="progressbar" aria-label="Loading" /> : null
}

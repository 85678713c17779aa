/** Progress bar at the top of the window, visible once navigation takes longer than 300 ms. */
export function ProgressBar({ active }: { active: boolean }) {
  return active ? <div className="progress" role="progressbar" aria-label="Loading" /> : null
}

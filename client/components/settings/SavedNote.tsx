/** Says that it was done, beside the button that did it. The place is there before, so that assistive tech listens. */
export function SavedNote({ saved, children = 'Saved.' }: { saved: boolean; children?: string }) {
  return (
    <span className="soft" role="status">
      {saved && children}
    </span>
  )
}

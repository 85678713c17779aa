/** "Saved." beside a submit button. The live region is rendered before the text, so that screen readers announce it. */
export function SavedNote({ saved, children = 'Saved.' }: { saved: boolean; children?: string }) {
  return (
    <span className="soft" role="status">
      {saved && children}
    </span>
  )
}

import { useSyncExternalStore } from 'react'
import { countDrafts } from '../../forms/drafts/all-drafts.ts'

/** Drafts change with input in this tab, and with storage from another. */
function onDraftsChange(notify: () => void) {
  addEventListener('input', notify)
  addEventListener('storage', notify)
  return () => {
    removeEventListener('input', notify)
    removeEventListener('storage', notify)
  }
}

/** Warns that signing out deletes the drafts in this browser, with a checkbox to keep them; nothing if there are none. */
export function KeepDrafts() {
  const drafts = useSyncExternalStore(onDraftsChange, countDrafts, () => 0)
  if (drafts === 0) return null
  const [some, them] = drafts === 1 ? ['an unsent draft', 'it'] : [`${drafts} unsent drafts`, 'them']
  return (
    <div>
      <p className="soft">{`You have ${some} here. Signing out deletes ${them}.`}</p>
      <label className="choices">
        <input type="checkbox" name="keep_drafts" />
        {`Keep ${them} on this device`}
      </label>
    </div>
  )
}

import { ignoreStorageErrors } from '../../storage.ts'

let knownTabId: string | undefined

/**
 * Returns the id of this tab, under which it stores its drafts. It survives a reload, and ends with the tab. Not read at
 * module load: the first look into storage waits for the browser's own process.
 */
export function tabId(): string {
  // At the edge, or where storage is blocked: any id will do.
  knownTabId ??= ignoreStorageErrors(readTabId) ?? 'tab'
  return knownTabId
}

function readTabId(): string {
  const id = sessionStorage.getItem('tab') ?? crypto.randomUUID()
  sessionStorage.setItem('tab', id)
  return id
}

/**
 * Holds a lock with this tab's id until the tab is closed or crashes, by which other tabs know that it is open. Released while its
 * page is hidden in the back-forward cache, which takes no page with a lock.
 */
export function keepTabLocked(): void {
  lockTab()
  addEventListener('pageshow', ({ persisted }) => persisted && lockTab())
}

function lockTab(): void {
  void navigator.locks?.request(
    tabId(),
    () => new Promise((release) => addEventListener('pagehide', release, { once: true })),
  )
}

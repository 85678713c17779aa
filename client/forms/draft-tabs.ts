let knownTabId: string | undefined

/**
 * Returns the id of this tab, under which it stores its drafts. It survives a reload, and ends with the tab. Not read at
 * module load: the first look into storage waits for the browser's own process.
 */
export function tabId(): string {
  knownTabId ??= readTabId()
  return knownTabId
}

function readTabId(): string {
  try {
    const id = sessionStorage.getItem('tab') ?? crypto.randomUUID()
    sessionStorage.setItem('tab', id)
    return id
  } catch {
    // At the edge, or storage is blocked.
    return 'tab'
  }
}

/**
 * Holds a lock with this tab's id, so that others know that it is open: until it is closed or crashes. Not while its page is hidden
 * in the back-forward cache, which takes no page with a lock.
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

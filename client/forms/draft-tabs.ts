/** Id of this tab, under which it stores its drafts. It survives a reload, and ends with the tab. */
export const tabId = readTabId()

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
 * Returns a text with the ids of the tabs that are open, and shows others that this one is: each holds a lock until it is closed or
 * crashes. Where browsers have no locks, the others count as closed.
 */
export async function findOpenTabs(): Promise<string> {
  const locks: LockManager | undefined = navigator.locks
  if (!locks) return ''
  holdLock(locks)
  return JSON.stringify(await locks.query())
}

/** Holds this tab's lock while its page is shown: a page with a lock cannot enter the back-forward cache. */
function holdLock(locks: LockManager): void {
  void locks.request(tabId, () => new Promise((release) => addEventListener('pagehide', release, { once: true })))
  addEventListener('pageshow', ({ persisted }) => persisted && holdLock(locks), { once: true })
}

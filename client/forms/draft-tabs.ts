/** sessionStorage key of the tab's id. It survives a reload of the tab, and ends with it. */
const STORAGE_KEY = 'draft-tab'

const LOCK_PREFIX = 'draft-tab '

/** Id of this tab, under which it stores its drafts. */
export const tabId = readTabId()

function readTabId(): string {
  try {
    const id = sessionStorage.getItem(STORAGE_KEY) ?? crypto.randomUUID()
    sessionStorage.setItem(STORAGE_KEY, id)
    return id
  } catch {
    // At the edge, or storage is blocked.
    return 'tab'
  }
}

/**
 * Returns the ids of the tabs that are open, and shows others that this one is: each holds a lock until it is closed or crashes. Where
 * browsers have no locks, the others count as closed.
 */
export async function findOpenTabs(): Promise<Set<string | undefined>> {
  const locks: LockManager | undefined = navigator.locks
  if (!locks) return new Set()
  holdLock(locks)
  const { held = [], pending = [] } = await locks.query()
  return new Set([...held, ...pending].map(({ name }) => name?.slice(LOCK_PREFIX.length)))
}

/** Holds this tab's lock while its page is shown: a page with a lock cannot enter the back-forward cache. */
function holdLock(locks: LockManager): void {
  const untilHidden = () =>
    new Promise<void>((release) => addEventListener('pagehide', () => release(), { once: true }))
  void locks.request(LOCK_PREFIX + tabId, untilHidden)
  addEventListener('pageshow', ({ persisted }) => persisted && holdLock(locks), { once: true })
}

import { allDraftKeys } from './all-drafts.ts'
import { readStored, setAdoptDraft, storageKeyOf } from './drafts.ts'
import { tabId } from './tab-id.ts'

/**
 * Offers the drafts of tabs that are closed by now: from then on a form without a draft takes over the newest one of its path. Tabs
 * that are open hold a lock; where browsers have no locks, all others count as closed.
 */
export async function offerDraftsOfClosedTabs(): Promise<void> {
  const tabs = new Set(allDraftKeys().map((key) => key.slice(key.lastIndexOf(' ') + 1)))
  const openTabs = JSON.stringify(await navigator.locks?.query())
  const closedTabs = [...tabs].filter((tab) => tab !== tabId() && !openTabs?.includes(tab))

  setAdoptDraft((path) => {
    const changedAt = (key: string) => readStored(key)?.at ?? 0
    const [newest] = closedTabs
      .map((tab) => storageKeyOf(path, tab))
      .filter(changedAt)
      .sort((a, b) => changedAt(b) - changedAt(a))
    if (!newest) return
    localStorage.setItem(storageKeyOf(path), localStorage.getItem(newest) ?? '')
    localStorage.removeItem(newest)
  })
}

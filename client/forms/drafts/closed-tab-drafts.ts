import { draftKeys } from './all-drafts.ts'
import { tabId } from './draft-tabs.ts'
import { readStored, setAdoptDraft } from './drafts.ts'

/**
 * Offers the drafts of tabs that are closed by now: from then on a form without a draft takes over the newest one of its path. Tabs
 * that are open hold a lock; where browsers have no locks, all others count as closed.
 */
export async function offerDraftsOfClosedTabs(): Promise<void> {
  const tabs = new Set(draftKeys().map((key) => key.slice(key.lastIndexOf(' ') + 1)))
  const openTabs = JSON.stringify(await navigator.locks?.query())
  const closedTabs = [...tabs].filter((tab) => tab !== tabId() && !openTabs?.includes(tab))

  setAdoptDraft((path, keyOf) => {
    const writtenAt = (key: string) => readStored(localStorage, key)?.at ?? 0
    const [newest] = closedTabs
      .map((tab) => keyOf(path, tab))
      .filter(writtenAt)
      .sort((a, b) => writtenAt(b) - writtenAt(a))
    if (!newest) return
    localStorage.setItem(keyOf(path, tabId()), localStorage.getItem(newest) ?? '')
    localStorage.removeItem(newest)
  })
}

import { closeDrafts } from '../forms/drafts/drafts.ts'
import { ignoreStorageErrors } from '../storage.ts'

/** localStorage key: uuid of the signed-in user; absent when signed out. */
const STORAGE_KEY = 'who'

/**
 * Reloads the page when its user signs out, or another user signs in, in another tab. Otherwise what is typed here could be
 * read or sent by someone else.
 */
export function guardAccountSwitch(userUuid: string): void {
  ignoreStorageErrors(() => localStorage.setItem(STORAGE_KEY, userUuid))
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== STORAGE_KEY || newValue === userUuid) return
    closeDrafts()
    // Not reload(), which would post a form again.
    location.replace(location.pathname + location.search)
  })
}

/** Makes the other tabs of this browser reload, since the user has signed out. */
export function notifyTabsOfSignOut(): void {
  ignoreStorageErrors(() => localStorage.removeItem(STORAGE_KEY))
}

import { closeDrafts, withLocalStorage } from '../forms/drafts.ts'

/** In localStorage: the uuid of who is signed in; nothing once they have signed out. */
const WHO = 'who'

/**
 * A page is one person's. Once they have signed out in another tab, or somebody else signs in there, what is written here
 * would stay for others to see, or be said by them: the page begins anew.
 */
export function guardAccountSwitch(person: string): void {
  withLocalStorage((storage) => storage.setItem(WHO, person))
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== WHO || newValue === person) return
    closeDrafts()
    // Not reload(): that would post a form again.
    location.replace(location.pathname + location.search)
  })
}

/** Tells the other tabs of this browser that the person has signed out. */
export function notifyTabsOfSignOut(): void {
  withLocalStorage((storage) => storage.removeItem(WHO))
}

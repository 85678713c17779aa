import { closeDrafts, draftPrefix, withLocalStorage } from './drafts.ts'

/** Returns the keys of the user's drafts in this browser, of all tabs. */
export function draftKeys(): string[] {
  const prefix = draftPrefix()
  const isOwn = (key: string) => prefix !== '' && key.startsWith(prefix)
  return withLocalStorage((storage) => Object.keys(storage).filter(isOwn)) ?? []
}

/** Counts the user's drafts in this browser. */
export const countDrafts = (): number => draftKeys().length

/** Deletes all drafts of the user, and stores no more. */
export function deleteDrafts(): void {
  for (const key of draftKeys()) withLocalStorage((storage) => storage.removeItem(key))
  closeDrafts()
}

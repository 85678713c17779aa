import { ignoreStorageErrors } from '../../storage.ts'
import { closeDrafts, draftPrefix } from './drafts.ts'

/** Returns the localStorage keys of the user's drafts, of all paths and tabs. */
export function allDraftKeys(): string[] {
  const prefix = draftPrefix()
  if (prefix === '') return []
  return ignoreStorageErrors(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? []
}

/** Counts the user's drafts in this browser. */
export const countDrafts = (): number => allDraftKeys().length

/** Deletes all drafts of the user, and stores no more. */
export function deleteDrafts(): void {
  for (const key of allDraftKeys()) ignoreStorageErrors(() => localStorage.removeItem(key))
  closeDrafts()
}

import { ignoreStorageErrors } from '../../storage.ts'
import { keepTabLocked, tabId } from './tab-id.ts'

// A draft is what a user has typed into a form and not sent. It is one entry of localStorage for each user, path and tab.
// all-drafts.ts reads those of all paths and tabs, for sign-out. closed-tab-drafts.ts lets a form take over the draft of a closed
// tab. orphaned-draft.ts reads no storage: it is about a reply or rewrite that was refused since its activity expired or was deleted.

/** The changed fields of a form, by name. */
export type Draft = Record<string, [initial: string, current: string]>

/** `at`: time of the last change, Unix time in ms. */
type StoredDraft = { at: number; draft: Draft }

/** How long a draft is stored after the last change, in ms. */
const MAX_AGE_MS = 7 * 86_400_000

const PREFIX = 'draft '
/** `draft <user's uuid> `; a path and a tab's id follow. '' while no user's drafts are open. */
let userPrefix = ''

/** Returns the localStorage key of a tab's draft. */
export const storageKeyOf = (path: string, tab = tabId()) => `${userPrefix}${path} ${tab}`

/** Returns what the keys of the user's drafts begin with; '' after sign-out. */
export const draftPrefix = (): string => userPrefix

/** Makes the draft of a closed tab this tab's, if there is one. Does nothing until its code is loaded (closed-tab-drafts.ts). */
let adoptDraft: (path: string) => void = () => {}

/** Event of the document: drafts of closed tabs can be adopted from now on. */
export const DRAFTS_FOUND = 'cruddur:drafts'

/** Sets how drafts of closed tabs are adopted, and tells the forms. */
export function setAdoptDraft(adopt: typeof adoptDraft): void {
  adoptDraft = adopt
  document.dispatchEvent(new Event(DRAFTS_FOUND))
}

/** Selects the user whose drafts the functions below read and write. Deletes the expired drafts of all users. */
export function openDrafts(userUuid: string): void {
  keepTabLocked()
  userPrefix = `${PREFIX}${userUuid} `
  ignoreStorageErrors(() => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && !readStored(key)) localStorage.removeItem(key)
    }
  })
}

/** Stops reading and writing drafts, after sign-out. */
export function closeDrafts(): void {
  userPrefix = ''
}

/** Returns the draft stored under a key; undefined if it is missing, expired or malformed. */
export const readStored = (key: string): StoredDraft | undefined =>
  ignoreStorageErrors(() => {
    const stored: StoredDraft | null = JSON.parse(localStorage.getItem(key) ?? 'null')
    return stored && Date.now() - stored.at < MAX_AGE_MS ? stored : undefined
  })

/**
 * Returns the draft stored under a path, which is usually the form's action: this tab's, or else the newest of the closed tabs, which
 * becomes this tab's.
 */
export const readDraft = (path: string): Draft | undefined =>
  userPrefix
    ? ignoreStorageErrors(() => {
        if (!localStorage.getItem(storageKeyOf(path))) adoptDraft(path)
        return readStored(storageKeyOf(path))?.draft
      })
    : undefined

/** Stores a draft under a path, for MAX_AGE_MS. */
export function saveDraft(path: string, draft: Draft): void {
  const stored: StoredDraft = { at: Date.now(), draft }
  if (userPrefix) ignoreStorageErrors(() => localStorage.setItem(storageKeyOf(path), JSON.stringify(stored)))
}

/** Returns the path under which the draft of a posted form is stored. */
export const draftPathOf = (request: Request): string => new URL(request.url).pathname

/** Deletes this tab's draft: its form was accepted or emptied. */
export function deleteDraft(path: string): void {
  if (userPrefix) ignoreStorageErrors(() => localStorage.removeItem(storageKeyOf(path)))
}

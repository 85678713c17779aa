import { keepTabLocked, tabId } from './draft-tabs.ts'

/** The changed fields of a form, by name. */
export type Draft = Record<string, [initial: string, current: string]>

/** `at`: time of the last change, Unix time in ms. */
type Stored = { at: number; draft: Draft }

/** How long a draft is stored after the last change, in ms. */
const MAX_AGE_MS = 7 * 86_400_000

const PREFIX = 'draft '
/** `draft <user's uuid> `; a path and a tab's id follow, so that two tabs have a draft each. */
let prefix = ''

const keyOf = (path: string, tab = tabId()) => `${prefix}${path} ${tab}`

/** Makes a draft of a closed tab this tab's. Set once its code is loaded (closed-tab-drafts.ts). */
let adoptDraft: (path: string, keyOf: (path: string, tab: string) => string) => void = () => {}

/** Event of the document: drafts of closed tabs can be adopted from now on. */
export const DRAFTS_FOUND = 'cruddur:drafts'

export function setAdoptDraft(adopt: typeof adoptDraft): void {
  adoptDraft = adopt
  document.dispatchEvent(new Event(DRAFTS_FOUND))
}

/** Runs `work` on localStorage. Returns undefined if that is full, blocked or missing: drafts are optional. */
export function withLocalStorage<T>(work: (storage: Storage) => T): T | undefined {
  try {
    return work(localStorage)
  } catch {
    return undefined
  }
}

/** Selects the user whose drafts the functions below read and write. Deletes the expired drafts of all users. */
export function openDrafts(userUuid: string): void {
  keepTabLocked()
  prefix = `${PREFIX}${userUuid} `
  withLocalStorage((storage) => {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(PREFIX) && !readStored(storage, key)) storage.removeItem(key)
    }
  })
}

/** Stops reading and writing drafts, after sign-out. */
export function closeDrafts(): void {
  prefix = ''
}

/** Returns the draft stored under a key; undefined if it is missing, expired or malformed. */
export function readStored(storage: Storage, key: string): Stored | undefined {
  try {
    const stored: Stored | null = JSON.parse(storage.getItem(key) ?? 'null')
    return stored && Date.now() - stored.at < MAX_AGE_MS ? stored : undefined
  } catch {
    return undefined
  }
}

/**
 * Returns the draft stored under a path, which is usually the form's action: this tab's, or else the newest of the closed tabs, which
 * becomes this tab's.
 */
export const readDraft = (path: string): Draft | undefined =>
  prefix
    ? withLocalStorage((storage) => {
        if (!storage.getItem(keyOf(path))) adoptDraft(path, keyOf)
        return readStored(storage, keyOf(path))?.draft
      })
    : undefined

/** Stores a draft under a path, for MAX_AGE_MS. */
export function saveDraft(path: string, draft: Draft): void {
  const stored: Stored = { at: Date.now(), draft }
  if (prefix) withLocalStorage((storage) => storage.setItem(keyOf(path), JSON.stringify(stored)))
}

/** Returns the path under which the draft of a posted form is stored. */
export const draftKey = (request: Request): string => new URL(request.url).pathname

/** Deletes this tab's draft: its form was accepted or emptied. */
export function deleteDraft(path: string): void {
  if (prefix) withLocalStorage((storage) => storage.removeItem(keyOf(path)))
}

/** Returns what the keys of the user's drafts begin with; '' after sign-out. */
export const draftPrefix = (): string => prefix

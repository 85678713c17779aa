/** A form's changed fields by name: the initial and the current value. */
export type Draft = Record<string, [first: string, now: string]>

type Stored = { at: number; draft: Draft }

/** How long a draft is stored after the last change, in ms. */
const MAX_AGE_MS = 7 * 86_400_000

const PREFIX = 'draft '
let prefix = ''

/** Runs `work` on localStorage. Returns undefined where that is full, forbidden or missing: drafts are optional. */
export function withLocalStorage<T>(work: (storage: Storage) => T): T | undefined {
  try {
    return work(localStorage)
  } catch {
    return undefined
  }
}

/** Opens the drafts of the signed-in user, the only ones that the app reads or writes. Deletes expired ones. */
export function openDrafts(person: string): void {
  prefix = `${PREFIX}${person} `
  withLocalStorage((storage) => {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(PREFIX) && !readStored(storage, key)) storage.removeItem(key)
    }
  })
}

/** Reads and writes no more drafts: the user has signed out. */
export function closeDrafts(): void {
  prefix = ''
}

/** The draft kept under a key, unless it is expired or malformed. */
function readStored(storage: Storage, key: string): Draft | undefined {
  try {
    const stored: Stored | null = JSON.parse(storage.getItem(key) ?? 'null')
    return stored && Date.now() - stored.at < MAX_AGE_MS ? stored.draft : undefined
  } catch {
    return undefined
  }
}

/** The draft kept under the path that its form posts to. */
export const readDraft = (path: string): Draft | undefined =>
  prefix ? withLocalStorage((storage) => readStored(storage, prefix + path)) : undefined

/** Stores a draft. */
export function saveDraft(path: string, draft: Draft): void {
  const stored: Stored = { at: Date.now(), draft }
  if (prefix) withLocalStorage((storage) => storage.setItem(prefix + path, JSON.stringify(stored)))
}

/** The path under which the draft of a posted form is stored. */
export const draftKey = (request: Request): string => new URL(request.url).pathname

/** Deletes a draft: it was accepted, or is empty. */
export function deleteDraft(path: string): void {
  if (prefix) withLocalStorage((storage) => storage.removeItem(prefix + path))
}

/** How many drafts the user has in this browser. */
export const countDrafts = (): number => ownKeys().length

/** Deletes all drafts of the user, and keeps no more. */
export function deleteDrafts(): void {
  for (const key of ownKeys()) withLocalStorage((storage) => storage.removeItem(key))
  closeDrafts()
}

const ownKeys = () =>
  (prefix ? withLocalStorage((storage) => Object.keys(storage).filter((key) => key.startsWith(prefix))) : undefined) ??
  []

/** What was typed into a form and not sent: by name, what stood there at first and what stands there now. */
export type Draft = Record<string, [first: string, now: string]>

type Kept = { at: number; draft: Draft }

/** A draft is kept for so long after the last key press, ms. */
const LASTS = 7 * 86_400_000

const PREFIX = 'draft '
let prefix = ''

/** Runs `work` on what this browser keeps; where that is full, forbidden or not there, drafts are not kept, and that is all. */
export function withLocalStorage<T>(work: (storage: Storage) => T): T | undefined {
  try {
    return work(localStorage)
  } catch {
    return undefined
  }
}

/** Begins to keep drafts for the person who is signed in; those of others are out of reach. Forgets what is too old. */
export function openDrafts(person: string): void {
  prefix = `${PREFIX}${person} `
  withLocalStorage((storage) => {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(PREFIX) && !readKept(storage, key)) storage.removeItem(key)
    }
  })
}

/** Keeps and reads no more drafts: the person has signed out. */
export function closeDrafts(): void {
  prefix = ''
}

/** What is kept under a key, unless it is too old or not ours. */
function readKept(storage: Storage, key: string): Draft | undefined {
  try {
    const kept: Kept | null = JSON.parse(storage.getItem(key) ?? 'null')
    return kept && Date.now() - kept.at < LASTS ? kept.draft : undefined
  } catch {
    return undefined
  }
}

/** The draft of a place (the path that its form is sent to), if there is one. */
export const readDraft = (place: string): Draft | undefined =>
  prefix ? withLocalStorage((storage) => readKept(storage, prefix + place)) : undefined

/** Keeps what stands in a form now. */
export function saveDraft(place: string, draft: Draft): void {
  const kept: Kept = { at: Date.now(), draft }
  if (prefix) withLocalStorage((storage) => storage.setItem(prefix + place, JSON.stringify(kept)))
}

/** The place of the form that a request carries. */
export const draftKey = (request: Request): string => new URL(request.url).pathname

/** Forgets a draft: it was sent, or there is nothing left of it. */
export function deleteDraft(place: string): void {
  if (prefix) withLocalStorage((storage) => storage.removeItem(prefix + place))
}

/** How many drafts the person has in this browser. */
export const countDrafts = (): number => ownKeys().length

/** Deletes all drafts of the person, and keeps no more. */
export function deleteDrafts(): void {
  for (const key of ownKeys()) withLocalStorage((storage) => storage.removeItem(key))
  closeDrafts()
}

const ownKeys = () =>
  (prefix ? withLocalStorage((storage) => Object.keys(storage).filter((key) => key.startsWith(prefix))) : undefined) ??
  []

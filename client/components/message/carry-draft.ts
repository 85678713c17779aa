import { deleteDraft, readDraft, saveDraft } from '../../forms/drafts.ts'

/** Moves a draft to the form that takes the place of another, unless that has a draft of its own. */
export function carryDraft(from: string, to: string): void {
  const draft = readDraft(from)
  if (!draft || readDraft(to)) return
  // The API would take the same key at another address for a misuse.
  const { idempotency_key: _, ...rest } = draft
  saveDraft(to, rest)
  deleteDraft(from)
}

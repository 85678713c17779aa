import { deleteDraft, readDraft, saveDraft } from '../../forms/drafts/drafts.ts'

/** Moves a draft to the path of another form, unless that form has a draft already. */
export function moveDraft(from: string, to: string): void {
  const draft = readDraft(from)
  if (!draft || readDraft(to)) return
  // Drop the idempotency key: the forms send different bodies, and the API refuses a key with another body.
  const { idempotency_key: _, ...rest } = draft
  saveDraft(to, rest)
  deleteDraft(from)
}

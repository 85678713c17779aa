import { deleteDraft, readDraft, saveDraft } from '../../forms/drafts.ts'

/** Moves what is kept of a form to another that takes its place, unless that has words of its own. */
export function carryDraft(from: string, to: string): void {
  const draft = readDraft(from)
  if (!draft || readDraft(to)) return
  // Sent to another address it is another attempt.
  const { attempt: _, ...words } = draft
  saveDraft(to, words)
  deleteDraft(from)
}

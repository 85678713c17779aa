import type { MutationOptions, QueryClient } from '@tanstack/react-query'
import { runMutation } from '../queries/run-mutation.ts'
import { deleteDraft, readDraft, saveDraft } from './drafts.ts'
import { field } from './form.ts'

/** The write of a form with a text box (`message`). */
export type SubmitMutation = MutationOptions<void, Error, FormData>

/** The mutation key of what is submitted from the form whose draft is kept under `path`. */
export const submissionKey = (path: string) => ['submit', path]

/** A submitted form that the server has not accepted: it is pending, or it failed and its text is in its box again. */
type Submission = { form: FormData; text: string; isFailed: boolean }

/** All of a form, in the order in which they were written. */
function submissionsOf(queries: QueryClient, path: string): Submission[] {
  const mutations = queries.getMutationCache().findAll({ mutationKey: submissionKey(path) })
  return mutations.flatMap(({ state: { status, variables: form } }) =>
    form instanceof FormData && status !== 'success'
      ? [{ form, text: field(form, 'message'), isFailed: status === 'error' }]
      : [],
  )
}

const isFailed = (submission: Submission) => submission.isFailed

/** One text, a line or more each: those that were submitted, and what was typed after them. */
const join = (submissions: readonly Submission[], typed = '') =>
  [...submissions.map(({ text }) => text), typed].filter(Boolean).join('\n')

/** What was typed after the submitted texts: all of `text` if it does not begin with them. */
function typedAfter(submissions: readonly Submission[], text: string): string {
  const submitted = join(submissions)
  return submitted && `${text}\n`.startsWith(`${submitted}\n`) ? text.slice(submitted.length + 1) : text
}

export const isSubmitting = (queries: QueryClient, path: string): boolean =>
  queries.isMutating({ mutationKey: submissionKey(path) }) > 0

/**
 * Submits a form. Until it is accepted, the mutation cache has it, whichever page is open by then.
 * @throws what it failed with.
 */
export async function submitForm(
  queries: QueryClient,
  path: string,
  mutation: SubmitMutation,
  form: FormData,
): Promise<void> {
  const mutationKey = submissionKey(path)
  const onSuccess = () => removeFromDraft(queries, path, form)
  await runMutation(queries, { ...mutation, mutationKey, onSuccess, gcTime: Number.POSITIVE_INFINITY }, form)
  removeMutations(queries, path, 'success')
}

function removeMutations(queries: QueryClient, path: string, status: 'success' | 'error'): void {
  const cache = queries.getMutationCache()
  for (const mutation of cache.findAll({ mutationKey: submissionKey(path), status })) cache.remove(mutation)
}

/** Calls `listener` with a form that was submitted from `path` and has failed. Returns how to stop that. */
export function onSubmissionFailed(queries: QueryClient, path: string, listener: (form: FormData) => void) {
  return queries.getMutationCache().subscribe(({ type, mutation }) => {
    const [kind, from] = mutation?.options.mutationKey ?? []
    if (type !== 'updated' || kind !== 'submit' || from !== path) return
    const { status, variables } = mutation.state
    if (status === 'error' && variables instanceof FormData) listener(variables)
  })
}

/** What a box that held `text` holds once `form` has failed: the failed texts, and what was typed since. */
export function withFailed(queries: QueryClient, path: string, form: FormData, text: string): string {
  const failed = submissionsOf(queries, path).filter(isFailed)
  const before = failed.filter((each) => each.form !== form)
  return join(failed, typedAfter(before, text))
}

/** What the draft keeps of a box that holds `text`: with it what is pending, so that a reload loses nothing. */
export function draftTextOf(queries: QueryClient, path: string, text: string): string {
  const typed = typedAfter(submissionsOf(queries, path).filter(isFailed), text)
  // A failed text that was edited, or is submitted again, counts as typed.
  if (typed === text) removeMutations(queries, path, 'error')
  return join(submissionsOf(queries, path), typed)
}

/** What the box holds by its draft: all but what is pending. Undefined if nothing is kept. */
export function boxTextOf(queries: QueryClient, path: string): string | undefined {
  const submissions = submissionsOf(queries, path)
  const draft = readDraft(path)?.message?.[1]
  const failed = submissions.filter(isFailed)
  if (draft === undefined && failed.length === 0) return undefined
  return join(failed, typedAfter(submissions, draft ?? ''))
}

/** Removes an accepted text from the draft: what else is submitted, or was typed since, stays. */
function removeFromDraft(queries: QueryClient, path: string, form: FormData): void {
  const submissions = submissionsOf(queries, path)
  const draft = readDraft(path)
  const typed = typedAfter(submissions, draft?.message?.[1] ?? '')
  const rest = join(
    submissions.filter((each) => each.form !== form),
    typed,
  )
  if (rest) saveDraft(path, { ...draft, message: ['', rest] })
  else deleteDraft(path)
}

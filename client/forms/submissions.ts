import type { MutationOptions, QueryClient } from '@tanstack/react-query'
import { runMutation } from '../queries/cache/run-mutation.ts'
import { deleteDraft, readDraft, saveDraft } from './drafts/drafts.ts'
import { field } from './field.ts'

/** Mutation that submits a form with a text box (`message`). */
export type SubmitMutation<Data = unknown> = Pick<
  MutationOptions<Data, Error, FormData>,
  'mutationFn' | 'onMutate' | 'scope'
>

/** Returns the mutation key of a form's submissions. A form is known by the path of its draft. */
export const submissionKey = (path: string) => ['submit', path]

/** A submission that the server has not accepted: it is pending, or it failed and its text is back in the box. */
type Submission = { form: FormData; text: string; isFailed: boolean }

/** Returns a form's pending and failed submissions, oldest first. */
function submissionsOf(queries: QueryClient, path: string): Submission[] {
  const mutations = queries.getMutationCache().findAll({ mutationKey: submissionKey(path) })
  return mutations.flatMap(({ state: { status, variables: form } }) =>
    form instanceof FormData && status !== 'success'
      ? [{ form, text: field(form, 'message'), isFailed: status === 'error' }]
      : [],
  )
}

const isFailed = (submission: Submission) => submission.isFailed

/** Joins the submitted texts and the text that was typed after them, one per line. */
const joinTexts = (submissions: readonly Submission[], typed = '') =>
  [...submissions.map(({ text }) => text), typed].filter(Boolean).join('\n')

/** Returns the part of `text` that follows the submitted texts; all of it if it does not begin with them. */
function typedAfter(submissions: readonly Submission[], text: string): string {
  const submitted = joinTexts(submissions)
  return submitted && `${text}\n`.startsWith(`${submitted}\n`) ? text.slice(submitted.length + 1) : text
}

export const isSubmitting = (queries: QueryClient, path: string): boolean =>
  queries.isMutating({ mutationKey: submissionKey(path) }) > 0

/**
 * Submits a form. The mutation cache keeps the submission until the server accepts it, also after the user leaves the page.
 * @throws the error of the mutation.
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

/** Calls `listener` for each submission of a form that fails. Returns the unsubscribe function. */
export function onSubmissionFailed(queries: QueryClient, path: string, listener: (form: FormData) => void) {
  return queries.getMutationCache().subscribe(({ type, mutation }) => {
    const [kind, formPath] = mutation?.options.mutationKey ?? []
    if (type !== 'updated' || kind !== 'submit' || formPath !== path) return
    const { status, variables } = mutation.state
    if (status === 'error' && variables instanceof FormData) listener(variables)
  })
}

/** Returns the new text of a box, now `text`, after `form` failed: the failed texts, then the text typed since. */
export function withFailed(queries: QueryClient, path: string, form: FormData, text: string): string {
  const failed = submissionsOf(queries, path).filter(isFailed)
  const failedBefore = failed.filter((each) => each.form !== form)
  return joinTexts(failed, typedAfter(failedBefore, text))
}

/** Returns the draft's text for a box with `text`: the pending texts are part of it, so that a reload loses nothing. */
export function draftTextOf(queries: QueryClient, path: string, text: string): string {
  const typed = typedAfter(submissionsOf(queries, path).filter(isFailed), text)
  // The failed texts were edited or submitted again: treat them as typed.
  if (typed === text) removeMutations(queries, path, 'error')
  return joinTexts(submissionsOf(queries, path), typed)
}

/** Returns the content warning of the newest pending text, which is part of the draft as that is. */
export const pendingWarningOf = (queries: QueryClient, path: string): string => {
  const newest = submissionsOf(queries, path).findLast((submission) => !submission.isFailed)
  return newest ? field(newest.form, 'warning') : ''
}

/** Returns the text to restore into a box: its draft without the pending texts. Undefined if there is none. */
export function boxTextOf(queries: QueryClient, path: string): string | undefined {
  const submissions = submissionsOf(queries, path)
  const draft = readDraft(path)?.message?.[1]
  const failed = submissions.filter(isFailed)
  if (draft === undefined && failed.length === 0) return undefined
  return joinTexts(failed, typedAfter(submissions, draft ?? ''))
}

/** Removes an accepted text from the draft. Other submissions and the text typed since remain in it. */
function removeFromDraft(queries: QueryClient, path: string, form: FormData): void {
  const submissions = submissionsOf(queries, path)
  const draft = readDraft(path)
  const typed = typedAfter(submissions, draft?.message?.[1] ?? '')
  const rest = joinTexts(
    submissions.filter((each) => each.form !== form),
    typed,
  )
  const { message: _, warning, ...choices } = draft ?? {}
  const isWarningTyped = warning && warning[1] !== field(form, 'warning')
  if (rest || isWarningTyped) {
    saveDraft(path, { ...choices, ...(warning && { warning }), ...(rest && { message: ['', rest] }) })
  } else deleteDraft(path)
}

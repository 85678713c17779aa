import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { ErrorCode, ErrorItem } from '../../../worker/contract/error.ts'
import { countGraphemes } from '../../../worker/contract/graphemes.ts'
import { isBlank } from '../../../worker/contract/visible.ts'
import { type FormFailure, field } from '../../forms/form.ts'
import { orphanedDraftIn } from '../../forms/orphaned-draft.ts'
import { isSubmitting, type SubmitMutation, submitForm } from '../../forms/submissions.ts'
import { ApiError } from '../../net/api.ts'
import { showToast } from '../../queries/toasts.ts'
import { loadSentences, NOT_SENT } from '../../texts/sentences.ts'
import { setText, useDraft } from './use-draft.ts'

type SubmitOptions = {
  /** The path that the draft is kept under. */
  path: string
  /** The text that the box begins with: one that is to be changed, or none. */
  text: string
  /** Why the last post was refused, and what had been typed: the box begins with that. */
  failure: FormFailure | undefined
  /** Grapheme clusters that fit, and the error of more. */
  max: number
  tooLong: ErrorCode
  /** What a submission runs, with script, in place of a post; the page stays. */
  mutation: SubmitMutation | undefined
  onAccepted?: (() => void) | undefined
  onFailed?: ((error: unknown) => void) | undefined
}

/**
 * A form with a text box (`message`): keeps its draft, counts what is left, and submits without leaving the page. The box is
 * empty at once; the text of a failed submission comes back to it (useDraft).
 */
export function useSubmitActivity({ path, text, failure, max, tooLong, mutation, ...on }: SubmitOptions) {
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [left, setLeft] = useState(() => max - countGraphemes(failure?.values.message ?? text))
  const [errors, setErrors] = useState<readonly ErrorItem[]>(failure?.errors ?? [])
  useDraft({ form, path, texts: { message: text } })

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    if (!mutation) return
    event.preventDefault()
    const submitted = new FormData(event.currentTarget)
    const message = field(submitted, 'message').trim()
    // The second press of a double click finds the box empty.
    if (isBlank(message)) return isSubmitting(queries, path) ? undefined : refuse('message_blank')
    if (countGraphemes(message) > max) return refuse(tooLong)
    setErrors([])
    const answer = submitForm(queries, path, mutation, submitted)
    clear(event.currentTarget)
    try {
      await answer
    } catch (error) {
      return showFailure(error)
    }
    if (form.current) on.onAccepted?.()
  }

  const refuse = async (code: ErrorCode) => {
    await loadSentences().catch(() => {})
    setErrors([{ code, field: 'message' }])
  }

  const showFailure = (error: unknown) => {
    on.onFailed?.(error)
    const isOrphanShown = orphanedDraftIn(error) !== null && location.pathname === path
    if (form.current) setErrors(errorsOf(error))
    else if (!isOrphanShown) showToast(queries, NOT_SENT)
  }

  return {
    form,
    left,
    errors: mutation ? errors : (failure?.errors ?? []),
    submit,
    count: (value: string) => setLeft(max - countGraphemes(value)),
  }
}

function errorsOf(error: unknown): readonly ErrorItem[] {
  if (error instanceof ApiError) return error.data.errors
  reportError(error)
  return [{ code: 'internal' }]
}

/** Makes a submitted form ready for another text, which has an idempotency key of its own. */
function clear(form: HTMLFormElement): void {
  const box = form.elements.namedItem('message')
  const key = form.elements.namedItem('idempotency_key')
  // The draft is saved on this, while the form still has the choices and the key of the submitted text.
  if (box instanceof HTMLTextAreaElement) setText(box, '')
  form.reset()
  // A box that came with a refused text would have that again.
  if (box instanceof HTMLTextAreaElement) box.value = ''
  if (key instanceof HTMLInputElement) key.value = crypto.randomUUID()
}

import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { ErrorCode, ErrorItem } from '../../../worker/contract/error.ts'
import { countGraphemes } from '../../../worker/contract/graphemes.ts'
import { isBlank } from '../../../worker/contract/invisible-characters.ts'
import { CONTENT_WARNING_MAX } from '../../../worker/contract/limits.ts'
import { handlesIn } from '../../../worker/contract/linkify.ts'
import { deleteDraft } from '../../forms/drafts/drafts.ts'
import { orphanedDraftIn } from '../../forms/drafts/orphaned-draft.ts'
import { field } from '../../forms/field.ts'
import type { FormFailure } from '../../forms/form.ts'
import { hasPlainImages } from '../../forms/form-images.ts'
import { isSubmitting, type SubmitMutation, submitForm } from '../../forms/submissions.ts'
import { ApiError } from '../../net/api.ts'
import { showToast } from '../../queries/cache/toasts.ts'
import { NOT_SENT, tryLoadErrorMessages } from '../../texts/lazy-error-messages.ts'
import { setText, useDraft } from './use-draft.ts'

type SubmitOptions = {
  /** Path under which the draft is stored. */
  path: string
  /** Initial text of the box: the text to edit, or ''. */
  initialText: string
  /** Initial content warning. */
  initialWarning?: string
  /** Errors and values of the last post, if it was refused. Its `message` replaces `initialText`. */
  failure: FormFailure | undefined
  /** Maximum length in grapheme clusters, and the error code of a longer text. */
  max: number
  tooLong: ErrorCode
  /** Runs on submit instead of a post, with script; the page stays open. */
  mutation: SubmitMutation | undefined
  onAccepted?: (() => void) | undefined
  onFailed?: ((error: unknown) => void) | undefined
}

/**
 * Handles a form with a text box (`message`): stores its draft, counts the characters left, and submits without leaving the page.
 * Clears the box on submit; useDraft restores the text if the submission fails.
 */
export function useSubmitActivity({
  path,
  initialText,
  initialWarning = '',
  failure,
  max,
  tooLong,
  mutation,
  ...callbacks
}: SubmitOptions) {
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [left, setLeft] = useState(() => max - countGraphemes(failure?.values.message ?? initialText))
  const [errors, setErrors] = useState<readonly ErrorItem[]>(failure?.errors ?? [])
  const [shownFailure, setShownFailure] = useState(failure)
  // Another post was refused.
  if (failure !== shownFailure) {
    setShownFailure(failure)
    setErrors(failure?.errors ?? [])
  }
  useDraft({ form, path, initialTexts: { message: initialText, warning: initialWarning, images: '' } })

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const submitted = new FormData(event.currentTarget)
    if (hasPlainImages(submitted)) return submitDocument(event)
    if (!mutation) return
    event.preventDefault()
    const message = field(submitted, 'message').trim()
    // The second click of a double click finds the box empty.
    if (isBlank(message)) return isSubmitting(queries, path) ? undefined : refuse('message_blank')
    if (countGraphemes(message) > max) return refuse(tooLong)
    if (isMentionMissing(submitted)) return refuse('mention_missing')
    if (isWarningTooLong(submitted)) return refuse('warning_too_long', 'warning')
    setErrors([])
    const submission = submitForm(queries, path, mutation, submitted)
    clear(event.currentTarget)
    try {
      await submission
    } catch (error) {
      return showFailure(error)
    }
    if (form.current) callbacks.onAccepted?.()
  }

  /** Submits the form as without script: the edge uploads its files, and answers with all of it if it is refused. */
  const submitDocument = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    deleteDraft(path)
    event.currentTarget.submit()
  }

  /** Shows what is wrong with the text or the warning, at its input. */
  const refuse = async (code: ErrorCode, field = 'message') => {
    await tryLoadErrorMessages()
    setErrors([{ code, field }])
    form.current?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus()
  }

  const showFailure = (error: unknown) => {
    callbacks.onFailed?.(error)
    const isOrphanShown = orphanedDraftIn(error) !== null && location.pathname === path
    if (form.current) setErrors(errorsOf(error))
    else if (!isOrphanShown) showToast(queries, NOT_SENT)
  }

  return {
    form,
    left,
    errors,
    submit,
    /** To be called when the form has changed: counts the characters left, and removes errors whose cause is gone. */
    check: (changed: HTMLFormElement) => {
      const written = new FormData(changed)
      const message = field(written, 'message')
      const left = max - countGraphemes(message)
      setLeft(left)
      const remains = ({ code, field }: ErrorItem) => {
        if (field === 'warning') return isWarningTooLong(written)
        if (field !== 'message') return true
        if (code === 'message_blank') return isBlank(message)
        if (code === 'mention_missing') return isMentionMissing(written)
        return left < 0
      }
      setErrors((shown) => (shown.every(remains) ? shown : shown.filter(remains)))
    },
  }
}

/** Whether an activity for the people mentioned mentions nobody. */
const isMentionMissing = (form: FormData) =>
  field(form, 'audience') === 'mentioned' && handlesIn(field(form, 'message')).length === 0

const isWarningTooLong = (form: FormData) => countGraphemes(field(form, 'warning').trim()) > CONTENT_WARNING_MAX

function errorsOf(error: unknown): readonly ErrorItem[] {
  if (error instanceof ApiError) return error.data.errors
  reportError(error)
  return [{ code: 'internal' }]
}

/** Clears a submitted form for the next text, with a new idempotency key. */
function clear(form: HTMLFormElement): void {
  const box = form.elements.namedItem('message')
  const warning = form.elements.namedItem('warning')
  const key = form.elements.namedItem('idempotency_key')
  // Before the reset: this saves the draft, with the choices and the key of the submitted text.
  if (box instanceof HTMLTextAreaElement) setText(box, '')
  form.reset()
  // After a refused post, `reset` restores the refused texts.
  if (box instanceof HTMLTextAreaElement) box.value = ''
  if (warning instanceof HTMLInputElement) {
    warning.value = ''
    warning.closest('details')?.removeAttribute('open')
  }
  if (key instanceof HTMLInputElement) key.value = crypto.randomUUID()
}

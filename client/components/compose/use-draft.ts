import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffectEvent, useLayoutEffect, useMemo } from 'react'
import { type Draft, deleteDraft, readDraft, saveDraft } from '../../forms/drafts.ts'
import { field } from '../../forms/form.ts'
import { boxTextOf, draftTextOf, isSubmitting, onSubmissionFailed, withFailed } from '../../forms/submissions.ts'
import { useHasScript } from '../../has-script.tsx'

type DraftOptions = {
  form: RefObject<HTMLFormElement | null>
  /** The path that the draft is kept under; the same for as long as the form is mounted. */
  path: string
  /** The initial texts of the form, by the names of their inputs. */
  texts: Record<string, string>
}

/**
 * Keeps what is typed into a form in this browser, for the person who is signed in, until it is accepted: through reloads, a
 * session that ends, and a tab that is closed. A submitted text that failed comes back before what was typed since.
 */
export function useDraft({ form, path, texts }: DraftOptions): void {
  const queries = useQueryClient()

  const save = useEffectEvent(() => {
    const draft = form.current && draftOf(form.current, texts, (text) => draftTextOf(queries, path, text))
    if (draft) saveDraft(path, draft)
    else deleteDraft(path)
  })

  const restore = useEffectEvent(() => {
    const draft = readDraft(path) ?? {}
    const text = 'message' in texts ? boxTextOf(queries, path) : undefined
    // A pending text is not put back just because its page is opened again.
    if (isSubmitting(queries, path) && !text) return
    if (text !== undefined) draft.message = [draft.message?.[0] ?? '', text]
    if (form.current) fillForm(form.current, draft, texts)
    save()
  })

  const restoreFailed = useEffectEvent((submitted: FormData) => {
    const box = form.current?.elements.namedItem('message')
    if (!form.current || !(box instanceof HTMLTextAreaElement)) return
    // Unchanged it is sent under the same idempotency key: perhaps only the answer was lost.
    if (!box.value) setChoices(form.current, (name) => field(submitted, name))
    setText(box, withFailed(queries, path, submitted, box.value))
  })

  useLayoutEffect(() => {
    const element = form.current
    const onInput = () => save()
    restore()
    element?.addEventListener('input', onInput)
    const unsubscribe = onSubmissionFailed(queries, path, (submitted) => restoreFailed(submitted))
    return () => {
      element?.removeEventListener('input', onInput)
      unsubscribe()
    }
  }, [form, queries, path])
}

/** What is kept under a path and not pending, as it was at the first render with script; null for nothing. */
export function useRestoredDraft(path: string): string | null {
  const queries = useQueryClient()
  const hasScript = useHasScript()
  return useMemo(() => (hasScript && boxTextOf(queries, path)) || null, [hasScript, queries, path])
}

type Control = HTMLInputElement | HTMLTextAreaElement

function* controlsOf(form: HTMLFormElement): Generator<Control> {
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) yield control
  }
}

/** What was changed in a form, with its choices and its idempotency key; null if no text was. */
function draftOf(
  form: HTMLFormElement,
  texts: DraftOptions['texts'],
  draftText: (text: string) => string,
): Draft | null {
  const draft: Draft = {}
  for (const control of controlsOf(form)) {
    const { name, type } = control
    const initial = texts[name]
    const value = name === 'message' ? draftText(control.value) : control.value
    if (initial !== undefined && value !== initial) draft[name] = [initial, value]
    if (name === 'idempotency_key' || (type === 'radio' && control instanceof HTMLInputElement && control.checked))
      draft[name] = ['', value]
  }
  return Object.keys(texts).some((name) => draft[name]) ? draft : null
}

/** Puts a draft into a form. A text that is not the initial one any more was typed before script ran: it is newer. */
function fillForm(form: HTMLFormElement, draft: Draft, texts: DraftOptions['texts']): void {
  setChoices(form, (name) => draft[name]?.[1])
  for (const control of controlsOf(form)) {
    const [initial, text] = draft[control.name] ?? []
    if (text !== undefined && initial === texts[control.name] && initial === control.value) setText(control, text)
  }
}

/** Sets what goes with a text: the form's idempotency key, and the choices that it still offers. */
function setChoices(form: HTMLFormElement, choiceOf: (name: string) => string | undefined): void {
  for (const control of controlsOf(form)) {
    const value = choiceOf(control.name)
    if (control.name === 'idempotency_key' && value) control.value = value
    if (control instanceof HTMLInputElement && control.type === 'radio' && control.value === value)
      control.checked = true
  }
}

/** Puts a text into a box as typing does, with an `input` event: the draft and the counter follow it. */
export function setText(control: Control, text: string): void {
  control.setRangeText(text, 0, control.value.length, 'end')
  control.dispatchEvent(new Event('input', { bubbles: true }))
}

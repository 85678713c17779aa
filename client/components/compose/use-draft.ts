import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffectEvent, useLayoutEffect, useMemo } from 'react'
import { DRAFTS_FOUND, type Draft, deleteDraft, readDraft, saveDraft } from '../../forms/drafts/drafts.ts'
import { field } from '../../forms/field.ts'
import { joinImages } from '../../forms/form-images.ts'
import {
  boxTextOf,
  draftTextOf,
  isSubmitting,
  onSubmissionFailed,
  pendingWarningOf,
  withFailed,
} from '../../forms/submissions.ts'
import { useHasScript } from '../../has-script.tsx'

type DraftOptions = {
  form: RefObject<HTMLFormElement | null>
  /** Path under which the draft is stored; must not change while the form is mounted. */
  path: string
  /** Initial texts of the form, by input name. */
  initialTexts: Record<string, string>
}

function useDraftInBrowser({ form, path, initialTexts }: DraftOptions): void {
  const queries = useQueryClient()

  const save = useEffectEvent(() => {
    const draft =
      form.current &&
      draftOf(form.current, initialTexts, (name, text) => {
        if (name === 'message') return draftTextOf(queries, path, text)
        return name === 'warning' ? text || pendingWarningOf(queries, path) : text
      })
    if (draft) saveDraft(path, draft)
    else deleteDraft(path)
  })

  const restore = useEffectEvent(() => {
    const draft = readDraft(path) ?? {}
    const text = 'message' in initialTexts ? boxTextOf(queries, path) : undefined
    // All texts are pending: opening the page again must not restore them.
    if (isSubmitting(queries, path) && !text) return
    if (text !== undefined) draft.message = [draft.message?.[0] ?? '', text]
    if (form.current) fillForm(form.current, draft, initialTexts)
    save()
  })

  /** Restores the draft of a closed tab, which was found later, unless the user has typed by now. */
  const restoreFound = useEffectEvent(() => {
    if (form.current && !draftOf(form.current, initialTexts, (_, text) => text)) restore()
  })

  const restoreFailed = useEffectEvent((submitted: FormData) => {
    const box = form.current?.elements.namedItem('message')
    if (!form.current || !(box instanceof HTMLTextAreaElement)) return
    // Restore the idempotency key too: if only the response was lost, sending the text again writes nothing twice.
    if (!box.value) setChoices(form.current, (name) => field(submitted, name))
    setText(box, withFailed(queries, path, submitted, box.value))
    // After the text: an input event while the box lacks a failed text says that it was edited.
    restoreWarning(form.current, field(submitted, 'warning'))
    const images = form.current.elements.namedItem('images')
    if (images instanceof HTMLTextAreaElement) setText(images, joinImages(field(submitted, 'images'), images.value))
  })

  useLayoutEffect(() => {
    const element = form.current
    const onInput = () => save()
    const onDraftsFound = () => restoreFound()
    restore()
    document.addEventListener(DRAFTS_FOUND, onDraftsFound)
    element?.addEventListener('input', onInput)
    const unsubscribe = onSubmissionFailed(queries, path, (submitted) => restoreFailed(submitted))
    return () => {
      element?.removeEventListener('input', onInput)
      document.removeEventListener(DRAFTS_FOUND, onDraftsFound)
      unsubscribe()
    }
  }, [form, queries, path])
}

/**
 * Stores what the signed-in user types into a form as a draft in this browser, until the form is accepted. The draft survives a
 * reload, the end of the session and a closed tab. If a submission fails, restores its text in front of the text typed since. Not in
 * the Worker's bundle (lazy-component.tsx).
 */
export const useDraft = typeof document === 'undefined' ? () => {} : useDraftInBrowser

/** Returns the draft's text without pending texts, as of the first render with script; null if there is none. */
export function useRestoredDraft(path: string): string | null {
  const queries = useQueryClient()
  const hasScript = useHasScript()
  return useMemo(() => (hasScript && boxTextOf(queries, path)) || null, [hasScript, queries, path])
}

type TextControl = HTMLInputElement | HTMLTextAreaElement
type Control = TextControl | HTMLSelectElement

function* controlsOf(form: HTMLFormElement): Generator<Control> {
  for (const control of form.elements) {
    if (
      control instanceof HTMLInputElement ||
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement
    )
      yield control
  }
}

/** Returns the changed texts of a form, its choices and its idempotency key; null if no text has changed. */
function draftOf(
  form: HTMLFormElement,
  initialTexts: DraftOptions['initialTexts'],
  draftText: (name: string, text: string) => string,
): Draft | null {
  const draft: Draft = {}
  for (const control of controlsOf(form)) {
    const { name } = control
    const initial = initialTexts[name]
    const value = draftText(name, control.value)
    if (initial !== undefined && value !== initial) draft[name] = [initial, value]
    if (name === 'idempotency_key' || isChoice(control)) draft[name] = ['', value]
  }
  return Object.keys(initialTexts).some((name) => draft[name]) ? draft : null
}

/** Whether a control is a select or a checked radio button. */
const isChoice = (control: Control) =>
  control instanceof HTMLSelectElement ||
  (control instanceof HTMLInputElement && control.type === 'radio' && control.checked)

/** Puts a draft into a form. A text that differs from its initial value was typed before script ran, so it is newer. */
function fillForm(form: HTMLFormElement, draft: Draft, initialTexts: DraftOptions['initialTexts']): void {
  setChoices(form, (name) => draft[name]?.[1])
  for (const control of controlsOf(form)) {
    const [initial, text] = draft[control.name] ?? []
    if (control instanceof HTMLSelectElement) continue
    if (text !== undefined && initial === initialTexts[control.name] && initial === control.value)
      setText(control, text)
  }
}

/** Sets a form's idempotency key, and the choices that it still offers. */
function setChoices(form: HTMLFormElement, choiceOf: (name: string) => string | undefined): void {
  for (const control of controlsOf(form)) {
    const value = choiceOf(control.name)
    if (control.name === 'idempotency_key' && value) control.value = value
    if (control instanceof HTMLSelectElement && [...control.options].some((option) => option.value === value))
      control.value = value ?? ''
    if (control instanceof HTMLInputElement && control.type === 'radio' && control.value === value)
      control.checked = true
  }
}

/** Restores a warning in front of one that was typed since. */
function restoreWarning(form: HTMLFormElement, warning: string): void {
  const input = form.elements.namedItem('warning')
  if (!(input instanceof HTMLInputElement) || !warning || input.value === warning) return
  setText(input, [warning, input.value].filter(Boolean).join(', '))
}

/** Replaces the text of a box and fires an `input` event, so that the draft and the counter are updated. */
export function setText(control: TextControl, text: string): void {
  control.setRangeText(text, 0, control.value.length, 'end')
  control.dispatchEvent(new Event('input', { bubbles: true }))
}

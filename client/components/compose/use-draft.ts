import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useMemo } from 'react'
import { useScripted } from '../../lib/clock.tsx'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../lib/drafts.ts'

/** The texts of a form by name, as they are before anybody types. */
type Texts = Record<string, string>

type Control = HTMLInputElement | HTMLTextAreaElement

function* controlsOf(form: HTMLFormElement): Generator<Control> {
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) yield control
  }
}

/** What somebody has changed in a form, and the name of this filling-in (AttemptField), so that it is sent once after all. */
function draftOf(form: HTMLFormElement, texts: Texts, onTheirWay: readonly string[]): Draft | null {
  const draft: Draft = {}
  for (const control of controlsOf(form)) {
    const { name, type } = control
    const first = texts[name]
    const value = name === 'message' ? joined(onTheirWay, control.value) : control.value
    if (first !== undefined && value !== first) draft[name] = [first, value]
    if (name === 'attempt' || (type === 'radio' && (control as HTMLInputElement).checked)) draft[name] = ['', value]
  }
  return Object.keys(texts).some((name) => draft[name]) ? draft : null
}

/** Puts a draft into a form. What stands there otherwise than at first is newer: it was typed before script came. */
function restore(form: HTMLFormElement, draft: Draft, texts: Texts): void {
  for (const control of controlsOf(form)) {
    const [first, now] = draft[control.name] ?? []
    if (now === undefined) continue
    if (control.name === 'attempt') control.value = now
    if (control.type === 'radio' && control.value === now) (control as HTMLInputElement).checked = true
    if (first === texts[control.name] && first === control.value) fill(control, now)
  }
}

/** Puts a text into a box as typing does, so that whoever counts along hears of it. */
export function fill(control: Control, text: string): void {
  control.setRangeText(text, 0, control.value.length, 'end')
  control.dispatchEvent(new Event('input', { bubbles: true }))
}

/** Words that were on their way, and what has been typed since. */
export const joined = (before: readonly string[], since: string) => [...before, since].filter(Boolean).join('\n')

type Kept = {
  form: RefObject<HTMLFormElement | null>
  /** The path that the form is sent to; the same for as long as the form is there. */
  place: string
  texts: Texts
  /** Words from here that are on their way: they are kept until they have arrived. */
  onTheirWay?: (() => readonly string[]) | undefined
}

/**
 * Keeps what is typed into a form in this browser, for the person who is signed in, until `dropDraft(place)`: through
 * reloads, a session that ends, and a tab that is closed.
 */
export function useDraft({ form, place, texts, onTheirWay = () => [] }: Kept): void {
  const keep = useEffectEvent(() => {
    const draft = form.current && draftOf(form.current, texts, onTheirWay())
    if (draft) keepDraft(place, draft)
    else dropDraft(place)
  })
  const begin = useEffectEvent(() => {
    // Words on their way do not come back to the box because its page does.
    if (onTheirWay().length > 0) return
    const draft = readDraft(place)
    if (form.current && draft) restore(form.current, draft, texts)
    keep()
  })

  useLayoutEffect(() => begin(), [])

  useEffect(() => {
    const element = form.current
    const listener = () => keep()
    element?.addEventListener('input', listener)
    return () => element?.removeEventListener('input', listener)
  }, [form])
}

/** The words that were typed at a place and not sent, as they were when this was first drawn; null for none. */
export function useKeptWords(place: string): string | null {
  const scripted = useScripted()
  return useMemo(() => (scripted ? (readDraft(place)?.message?.[1] ?? null) : null), [scripted, place])
}

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

/** Words on their way from a place, whose page may be left and come back to meanwhile. They are kept until they arrive. */
const onTheirWay = new Map<string, readonly string[]>()
export const waitingAt = (place: string): readonly string[] => onTheirWay.get(place) ?? []

/** Words that were on their way, and what has been typed since. */
export const joined = (before: readonly string[], since: string) => [...before, since].filter(Boolean).join('\n')

/** Of what is kept of a place, what was typed after the words that are on their way. */
function sinceIn(place: string, draft: Draft | undefined): string {
  const kept = draft?.message?.[1] ?? ''
  const before = joined(waitingAt(place), '')
  return before && kept.startsWith(before) ? kept.slice(before.length + 1) : kept
}

export function setOut(place: string, words: string): void {
  onTheirWay.set(place, [...waitingAt(place), words])
}

/** The words are on their way no more. What has arrived is not kept; what was typed since is. */
export function comeIn(place: string, words: string, arrived: boolean): void {
  const draft = readDraft(place)
  const since = sinceIn(place, draft)
  onTheirWay.set(place, waitingAt(place).toSpliced(waitingAt(place).indexOf(words), 1))
  if (!arrived) return
  const left = joined(waitingAt(place), since)
  if (left) keepDraft(place, { ...draft, message: ['', left] })
  else dropDraft(place)
}

/** What somebody has changed in a form, and the name of this filling-in (AttemptField), so that it is sent once after all. */
function draftOf(form: HTMLFormElement, place: string, texts: Texts): Draft | null {
  const draft: Draft = {}
  for (const control of controlsOf(form)) {
    const { name, type } = control
    const first = texts[name]
    const value = name === 'message' ? joined(waitingAt(place), control.value) : control.value
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

type Kept = {
  form: RefObject<HTMLFormElement | null>
  /** The path that the form is sent to; the same for as long as the form is there. */
  place: string
  texts: Texts
}

/**
 * Keeps what is typed into a form in this browser, for the person who is signed in, until `dropDraft(place)`: through
 * reloads, a session that ends, and a tab that is closed.
 */
export function useDraft({ form, place, texts }: Kept): void {
  const keep = useEffectEvent(() => {
    const draft = form.current && draftOf(form.current, place, texts)
    if (draft) keepDraft(place, draft)
    else dropDraft(place)
  })
  const begin = useEffectEvent(() => {
    const draft = readDraft(place)
    if (draft?.message) draft.message[1] = sinceIn(place, draft)
    // Words on their way do not come back to the box because its page does; what was typed after them does.
    if (waitingAt(place).length > 0 && !draft?.message?.[1]) return
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
  return useMemo(() => (scripted ? sinceIn(place, readDraft(place)) || null : null), [scripted, place])
}

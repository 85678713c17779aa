import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useMemo } from 'react'
import { type Draft, deleteDraft, readDraft, saveDraft } from '../../forms/drafts.ts'
import { useHasScript } from '../../has-script.tsx'

/** The texts of a form by name, as they are before anybody types. */
type Texts = Record<string, string>

type Control = HTMLInputElement | HTMLTextAreaElement

function* controlsOf(form: HTMLFormElement): Generator<Control> {
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) yield control
  }
}

/** Words that were sent from a place and have not arrived. `back`: they could not be sent, and stand in its box again. */
export type Sent = { readonly words: string; back?: boolean }

/** By place, in the order in which they were written, whether or not a form stands there just now. */
const sent = new Map<string, readonly Sent[]>()
const sentFrom = (place: string): readonly Sent[] => sent.get(place) ?? []

const isBack = ({ back }: Sent) => back
const isOut = ({ back }: Sent) => !back

/** Whether words from a place are on their way. */
export const isWaiting = (place: string) => sentFrom(place).some(isOut)

/** Words that were sent, and what has been typed since. */
const joined = (before: readonly Sent[], since = '') =>
  [...before.map(({ words }) => words), since].filter(Boolean).join('\n')

/** What a text says after these words; all of it if it does not begin with them. */
function after(before: readonly Sent[], text: string): string {
  const words = joined(before)
  return words && `${text}\n`.startsWith(`${words}\n`) ? text.slice(words.length + 1) : text
}

/** Of what is kept of a place, what was typed after all that was sent. */
const sinceIn = (place: string, draft: Draft | undefined) => after(sentFrom(place), draft?.message?.[1] ?? '')

/** Of what is kept of a place, what stands in its box: all but what is on its way. */
const boxIn = (place: string, draft: Draft | undefined) =>
  draft?.message ? joined(sentFrom(place).filter(isBack), sinceIn(place, draft)) : ''

/** What is kept of a box: its text, and in its order what is on its way. */
function keptOf(place: string, text: string): string {
  const since = after(sentFrom(place).filter(isBack), text)
  // What came back and was changed is as good as typed now.
  if (since === text) sent.set(place, sentFrom(place).filter(isOut))
  return joined(sentFrom(place), since)
}

export function setOut(place: string, words: string): Sent {
  const it = { words }
  sent.set(place, [...sentFrom(place).filter(isOut), it])
  return it
}

/** Words have arrived, and are kept no more; what was typed since is. */
export function comeIn(place: string, it: Sent): void {
  const draft = readDraft(place)
  const since = sinceIn(place, draft)
  sent.set(
    place,
    sentFrom(place).filter((each) => each !== it),
  )
  const left = joined(sentFrom(place), since)
  if (left) saveDraft(place, { ...draft, message: ['', left] })
  else deleteDraft(place)
}

/** Words could not be sent: what their box, where `text` stands, has now. They stay before what was typed since. */
export function comeBack(place: string, it: Sent, text: string): string {
  const since = after(sentFrom(place).filter(isBack), text)
  it.back = true
  return joined(sentFrom(place).filter(isBack), since)
}

/** What somebody has changed in a form, and the name of this filling-in (AttemptField), so that it is sent once after all. */
function draftOf(form: HTMLFormElement, place: string, texts: Texts): Draft | null {
  const draft: Draft = {}
  for (const control of controlsOf(form)) {
    const { name, type } = control
    const first = texts[name]
    const value = name === 'message' ? keptOf(place, control.value) : control.value
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
    if (draft) saveDraft(place, draft)
    else deleteDraft(place)
  })
  const begin = useEffectEvent(() => {
    const draft = readDraft(place)
    if (draft?.message) draft.message[1] = boxIn(place, draft)
    // Words on their way do not come back to the box because its page does; what was typed after them does.
    if (isWaiting(place) && !draft?.message?.[1]) return
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
export function useRestoredDraft(place: string): string | null {
  const scripted = useHasScript()
  return useMemo(() => (scripted ? boxIn(place, readDraft(place)) || null : null), [scripted, place])
}

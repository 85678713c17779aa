import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useLayoutEffect, useRef, useState } from 'react'
import type { ErrorCode, ErrorItem } from '../../../worker/contract/error.ts'
import { countGraphemes } from '../../../worker/contract/graphemes.ts'
import { isBlank } from '../../../worker/contract/visible.ts'
import { type FormFailure, field } from '../../forms/form.ts'
import { ApiError } from '../../net/api.ts'
import { showToast } from '../../queries/toasts.ts'
import { loadSentences, NOT_SENT } from '../../texts/sentences.ts'
import { comeBack, comeIn, fill, isWaiting, type Sent, setOut, useDraft } from './use-draft.ts'

/** The form that stands at a place now: not always the one that words were sent from. */
const standing = new Map<string, HTMLFormElement>()

type Saying = {
  /** The path that the form is sent to. */
  place: string
  /** What the box begins with: the words that are there to be changed, or none. */
  text: string
  /** What the last post was refused for, and what had been typed: the box begins with that. */
  failure: FormFailure | undefined
  /** Grapheme clusters that fit, and what is said of more. */
  max: number
  tooMany: ErrorCode
  /** With script, in place of a post. Rejects with an ApiError when it was not sent. */
  send: ((form: FormData) => Promise<unknown>) | undefined
}

/**
 * A form with a box for words (`message`): keeps a draft of them, counts what is left, and sends them without leaving the
 * page. The box is empty at once; words that were not sent come back to it, before those typed since, also when its page was
 * left and come back to.
 */
export function useSubmitActivity({ place, text, failure, max, tooMany, send }: Saying) {
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [left, setLeft] = useState(() => max - countGraphemes(failure?.values.message ?? text))
  const [errors, setErrors] = useState<readonly ErrorItem[]>(failure?.errors ?? [])
  useDraft({ form, place, texts: { message: text } })
  useLayoutEffect(() => {
    if (form.current) standing.set(place, form.current)
    return () => void standing.delete(place)
  }, [place])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    if (!send) return
    event.preventDefault()
    const said = new FormData(event.currentTarget)
    const message = field(said, 'message').trim()
    // The second press of a double click finds the box empty.
    if (isBlank(message)) return isWaiting(place) ? undefined : refuse('message_blank')
    if (countGraphemes(message) > max) return refuse(tooMany)
    setErrors([])
    // As they stand in the draft.
    const it = setOut(place, boxOf(event.currentTarget).value)
    clear(event.currentTarget)
    const why = await reasons(() => send(said))
    if (why.length > 0) cameBack(it, said, why)
    else comeIn(place, it)
  }

  const refuse = async (code: ErrorCode) => {
    await loadSentences().catch(() => {})
    setErrors([{ code, field: 'message' }])
  }

  const cameBack = (it: Sent, said: FormData, why: readonly ErrorItem[]) => {
    const here = standing.get(place)
    if (here && here === form.current) setErrors(why)
    // The page of what burnt out meanwhile says so itself.
    else if (!here || here.getAttribute('action') === place) showToast(queries, NOT_SENT)
    const text = comeBack(place, it, here ? boxOf(here).value : '')
    if (here) putBack(here, said, text)
  }

  return {
    form,
    left,
    errors: send ? errors : (failure?.errors ?? []),
    submit,
    count: (value: string) => setLeft(max - countGraphemes(value)),
  }
}

/** Why it was not done; nothing if it was. */
async function reasons(work: () => Promise<unknown>): Promise<readonly ErrorItem[]> {
  try {
    await work()
    return []
  } catch (error) {
    if (error instanceof ApiError) return error.data.errors
    reportError(error)
    return [{ code: 'internal' }]
  }
}

const boxOf = (form: HTMLFormElement) => form.elements.namedItem('message') as HTMLTextAreaElement

/** As it was at first, for other words: those are another attempt. */
function clear(form: HTMLFormElement): void {
  // What is kept has them where they were written, with what was chosen for them.
  fill(boxOf(form), '')
  form.reset()
  // A box that came with words that could not be sent has them as its first.
  boxOf(form).value = ''
  const attempt = form.elements.namedItem('attempt')
  if (attempt instanceof HTMLInputElement) attempt.value = crypto.randomUUID()
}

/** Words that were not sent, and how long they shall last. Unchanged they are the same attempt: perhaps only the answer was lost. */
function putBack(form: HTMLFormElement, said: FormData, text: string): void {
  const box = boxOf(form)
  if (!box.value) {
    for (const control of form.elements) {
      if (!(control instanceof HTMLInputElement)) continue
      if (control.name === 'attempt') control.value = field(said, 'attempt')
      // The form that they come back to may offer other lifetimes.
      if (control.type === 'radio' && control.value === field(said, control.name)) control.checked = true
    }
  }
  fill(box, text)
}

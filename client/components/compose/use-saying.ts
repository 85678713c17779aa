import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { ErrorCode, ErrorItem } from '../../../worker/contract/error.ts'
import { countGraphemes } from '../../../worker/contract/graphemes.ts'
import { ApiError } from '../../lib/api.ts'
import { dropDraft } from '../../lib/drafts.ts'
import { type FormFailure, field } from '../../lib/form.ts'
import { loadSentences, NOT_SENT } from '../../lib/sentences.ts'
import { notify } from '../../queries/notice.ts'
import { fill, joined, useDraft } from './use-draft.ts'

/** Words on their way from a place, whose page may be left and come back to meanwhile. */
const onTheirWay = new Map<string, readonly string[]>()

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
 * page. The box is empty at once; words that were not sent come back to it, before those typed since.
 */
export function useSaying({ place, text, failure, max, tooMany, send }: Saying) {
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [left, setLeft] = useState(() => max - countGraphemes(failure?.values.message ?? text))
  const [errors, setErrors] = useState<readonly ErrorItem[]>(failure?.errors ?? [])
  const waiting = () => onTheirWay.get(place) ?? []
  useDraft({ form, place, texts: { message: text }, onTheirWay: waiting })

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    if (!send) return
    event.preventDefault()
    const said = new FormData(event.currentTarget)
    const message = field(said, 'message').trim()
    // The second press of a double click finds the box empty.
    if (!message) return waiting().length > 0 ? undefined : refuse('message_blank')
    if (countGraphemes(message) > max) return refuse(tooMany)
    setErrors([])
    onTheirWay.set(place, [...waiting(), message])
    clear(event.currentTarget)
    setLeft(max)
    const why = await reasons(() => send(said))
    onTheirWay.set(place, without(waiting(), message))
    if (why.length > 0) cameBack(said, why)
    else arrived()
  }

  const refuse = async (code: ErrorCode) => {
    await loadSentences().catch(() => {})
    setErrors([{ code, field: 'message' }])
  }

  const arrived = () => {
    // The form is still there: it keeps what was typed since, or nothing.
    if (form.current) form.current.dispatchEvent(new Event('input'))
    else if (waiting().length === 0) dropDraft(place)
  }

  const cameBack = (said: FormData, why: readonly ErrorItem[]) => {
    if (!form.current) return notify(queries, NOT_SENT)
    setErrors(why)
    putBack(form.current, said)
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

function without(words: readonly string[], one: string): readonly string[] {
  const at = words.indexOf(one)
  return words.filter((_, i) => i !== at)
}

const boxOf = (form: HTMLFormElement) => form.elements.namedItem('message') as HTMLTextAreaElement

/** As it was at first, for other words: those are another attempt. */
function clear(form: HTMLFormElement): void {
  form.reset()
  // A box that came with words that could not be sent has them as its first.
  boxOf(form).value = ''
  const attempt = form.elements.namedItem('attempt')
  if (attempt instanceof HTMLInputElement) attempt.value = crypto.randomUUID()
}

/** Words that were not sent, and how long they shall last. Unchanged they are the same attempt: perhaps only the answer was lost. */
function putBack(form: HTMLFormElement, said: FormData): void {
  const box = boxOf(form)
  const since = box.value
  if (!since) {
    for (const control of form.elements) {
      if (!(control instanceof HTMLInputElement)) continue
      if (control.name === 'attempt') control.value = field(said, 'attempt')
      if (control.type === 'radio') control.checked = control.value === field(said, control.name)
    }
  }
  fill(box, joined([field(said, 'message')], since))
}

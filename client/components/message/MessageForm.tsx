import { type KeyboardEvent, type SubmitEvent, useId, useRef, useState } from 'react'
import { Form, useNavigation } from 'react-router'
import type { ErrorItem } from '../../../worker/contract/error.ts'
import { countGraphemes } from '../../../worker/contract/graphemes.ts'
import { MESSAGE_MAX } from '../../../worker/contract/limits.ts'
import { useScripted } from '../../lib/clock.tsx'
import type { FormFailure } from '../../lib/form.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorText } from '../../ui/ErrorText.tsx'
import { AttemptField } from '../compose/AttemptField.tsx'
import { whyNotSent } from './why-not-sent.ts'

/** The counter shows itself once so many characters or fewer are left. */
const NEAR = 100

type MessageFormProps = {
  /** Where the form is posted to. */
  action: string
  /** The other, for the name of the box. */
  to: string
  /** What the last post was refused for, and what had been typed. */
  failure: FormFailure | undefined
  /** With script, in place of a post: sends, and answers why that failed. `key` names this sending. */
  send?: (message: string, key: string) => Promise<readonly ErrorItem[]>
}

/** Says something to one person. Sends `message`. */
export function MessageForm({ action, to, failure, send }: MessageFormProps) {
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const kept = useRef<{ message: string; key: string }>(null)
  const [left, setLeft] = useState(() => MESSAGE_MAX - countGraphemes(failure?.values.message ?? ''))
  const [errors, setErrors] = useState<readonly ErrorItem[] | undefined>(failure?.errors)
  const { state, formAction } = useNavigation()
  const wrong = whyNotSent(send ? errors : failure?.errors)

  /** Puts words into the box: none once they are sent, the same again when they could not be. */
  const put = (text: string) => {
    if (!box.current) return
    box.current.value = text
    setLeft(MESSAGE_MAX - countGraphemes(text))
  }

  const submit = async (event: SubmitEvent) => {
    if (!send || !box.current) return
    event.preventDefault()
    const message = box.current.value.trim()
    box.current.focus()
    if (!message) return setErrors([{ code: 'message_blank', field: 'message' }])
    if (left < 0) return setErrors([{ code: 'message_exceed_max_chars_1024', field: 'message' }])
    // The same words after a failure are the same sending: perhaps only its answer was lost.
    const key = kept.current?.message === message ? kept.current.key : crypto.randomUUID()
    setErrors(undefined)
    put('')
    const failed = await send(message, key)
    if (failed.length === 0) return
    kept.current = { message, key }
    setErrors(failed)
    put([message, box.current?.value].filter(Boolean).join('\n'))
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  }

  return (
    <Form className="message-form" method="post" action={action} onSubmit={submit} aria-label="Write">
      <AttemptField />
      {wrong && <ErrorText id={`${id}-error`}>{wrong}</ErrorText>}
      <textarea
        ref={box}
        name="message"
        rows={1}
        dir="auto"
        aria-label={`Message to ${to}`}
        aria-describedby={[wrong && `${id}-error`, `${id}-hint`].filter(Boolean).join(' ')}
        aria-invalid={wrong ? true : undefined}
        placeholder="Write a message"
        defaultValue={failure?.values.message}
        onChange={(event) => setLeft(MESSAGE_MAX - countGraphemes(event.target.value))}
        onKeyDown={onKeyDown}
      />
      <Button pending={state === 'submitting' && formAction === action}>Send</Button>
      <span className="hidden" id={`${id}-hint`}>
        Up to {MESSAGE_MAX.toLocaleString('en')} characters.{useScripted() && ' Ctrl or ⌘ and Enter send it.'}
      </span>
      <span className={left < 0 ? 'room over' : 'room'} role="status">
        {left <= NEAR && (left < 0 ? `${-left} over` : `${left} left`)}
      </span>
    </Form>
  )
}

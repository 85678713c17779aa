import { type FormEvent, useId, useLayoutEffect } from 'react'
import { Form, useNavigation } from 'react-router'
import { MESSAGE_MAX } from '../../../worker/contract/limits.ts'
import type { FormFailure } from '../../forms/form.ts'
import type { SubmitMutation } from '../../forms/submissions.ts'
import { Button } from '../../ui/button/Button.tsx'
import { numberText } from '../../ui/form/count-text.ts'
import { useMedia } from '../../ui/use-media.ts'
import { IdempotencyField } from '../compose/IdempotencyField.tsx'
import { SendFailed } from '../compose/SendFailed.tsx'
import { useSubmitActivity } from '../compose/use-submit-activity.ts'
import { moveDraft } from './move-draft.ts'
import { HAS_KEYBOARD, submitOnEnter } from './submit-on-enter.ts'

/** The counter is shown once this many characters or fewer are left. */
const COUNTER_SHOWN_AT = 100

/** Id of the text box. As the hash of a path, it focuses the box, for the next message. */
export const WRITE_ID = 'write'

type MessageFormProps = {
  /** Path that the form posts to. */
  action: string
  /** The other user's display name, for the label. */
  recipientName: string
  /** Errors and values of the last post. */
  failure: FormFailure | undefined
  /** Path of the form for a first message, whose draft is moved to this form. */
  newMessagePath?: string
  /** Runs on submit instead of a post, with script. */
  mutation?: SubmitMutation | undefined
}

/** Form for a message to one user. Sends `message`. */
export function MessageForm({ action, recipientName, failure, newMessagePath, mutation }: MessageFormProps) {
  const id = useId()
  const { state, formAction } = useNavigation()
  // Runs before the draft is restored.
  useLayoutEffect(() => {
    if (newMessagePath) moveDraft(newMessagePath, action)
  }, [newMessagePath, action])
  const { form, left, errors, submit, check } = useSubmitActivity({
    path: action,
    initialText: '',
    failure,
    max: MESSAGE_MAX,
    tooLong: 'message_exceed_max_chars_1024',
    mutation,
  })
  const hasErrors = errors.length > 0

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    // Keep the focus in the box, so that the next message can be typed at once.
    if (mutation) event.currentTarget.querySelector('textarea')?.focus()
    return submit(event)
  }

  return (
    <Form
      className="message-form"
      method="post"
      action={action}
      ref={form}
      aria-label="Write"
      onSubmit={onSubmit}
      onChange={(event) => check(event.currentTarget)}
    >
      <IdempotencyField />
      <SendFailed id={`${id}-error`} errors={errors} />
      <textarea
        id={WRITE_ID}
        name="message"
        rows={1}
        dir="auto"
        aria-label={`Message to ${recipientName}`}
        aria-describedby={[hasErrors && `${id}-error`, `${id}-hint`].filter(Boolean).join(' ')}
        aria-invalid={hasErrors ? true : undefined}
        // biome-ignore lint/a11y/noAutofocus: only on the page that answers a refused post
        autoFocus={hasErrors ? true : undefined}
        placeholder="Write a message"
        defaultValue={failure?.values.message}
        onKeyDown={submitOnEnter}
      />
      <Button pending={state === 'submitting' && formAction === action}>Send</Button>
      <span className="visually-hidden" id={`${id}-hint`}>
        Up to {numberText(MESSAGE_MAX)} characters.
        {useMedia(HAS_KEYBOARD) && ' Enter sends it; Shift and Enter start a new line.'}
      </span>
      <span className={left < 0 ? 'char-count over-limit' : 'char-count'} role="status">
        {left <= COUNTER_SHOWN_AT && (left < 0 ? `${-left} over` : `${left} left`)}
      </span>
    </Form>
  )
}

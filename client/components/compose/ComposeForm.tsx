import { type ChangeEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Form, useLocation, useNavigation } from 'react-router'
import type { ErrorItem } from '../../../worker/contract/error.ts'
import { countGraphemes } from '../../../worker/contract/graphemes.ts'
import { CRUD_MAX, type Ttl } from '../../../worker/contract/limits.ts'
import type { User } from '../../../worker/contract/user.ts'
import { fieldError, formErrors } from '../../lib/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorText } from '../../ui/ErrorText.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Avatar } from '../user/Avatar.tsx'
import { AttemptField } from './AttemptField.tsx'
import { GoneIn } from './GoneIn.tsx'
import { MentionBox } from './MentionBox.tsx'
import { TtlChooser } from './TtlChooser.tsx'

/** The counter shows itself once so many characters or fewer are left. */
const NEAR = 40

type ComposeFormProps = {
  viewer: User
  /** Where the form is posted to: the address of a route with an action. */
  action: string
  /** What the last try was refused for. */
  errors?: readonly ErrorItem[] | undefined
  /** What was typed before, to go on with. */
  draft?: { message?: string; ttl?: Ttl } | undefined
  /** Grapheme clusters that fit. */
  max?: number
  /** Id of the text box, which links lead to: `compose` on the home page, `reply` on a crud's. */
  id?: string
  label?: string
  placeholder?: string
  submit?: string
  /** In place of the chooser: how long it will last. */
  children?: ReactNode
  /** With `children`: a few words on that, beside the button. */
  until?: ReactNode
}

/** Says something for a while. Sends `message` and `ttl`. */
export function ComposeForm({
  viewer,
  action,
  errors,
  draft,
  max = CRUD_MAX,
  id = 'compose',
  label = 'Your crud',
  placeholder = 'What’s worth saying for a while?',
  submit = 'Crud',
  children,
  until,
}: ComposeFormProps) {
  const base = useId()
  const form = useRef<HTMLFormElement>(null)
  const box = useRef<HTMLTextAreaElement>(null)
  const [left, setLeft] = useState(() => max - countGraphemes(draft?.message ?? ''))
  const [taken, setTaken] = useState(0)
  const count = (event: ChangeEvent<HTMLTextAreaElement>) => setLeft(max - countGraphemes(event.target.value))
  const { hash, key } = useLocation()
  const { state, formAction } = useNavigation()
  const pending = state !== 'idle' && formAction?.split('?')[0] === action.split('?')[0]

  // A link to the box, followed within the app, only scrolls there.
  useEffect(() => {
    if (key && hash === `#${id}`) box.current?.focus()
  }, [hash, key, id])

  // Sent and taken: an empty box. Refused: what was typed stays.
  const wasPending = useRef(false)
  useEffect(() => {
    if (wasPending.current && !pending && !errors?.length) {
      form.current?.reset()
      setLeft(max)
      setTaken((times) => times + 1)
    }
    wasPending.current = pending
  }, [pending, errors, max])

  const wrong = fieldError(errors, 'message')
  const wrongTtl = fieldError(errors, 'ttl')
  const describedBy = [wrong && `${base}-error`, `${base}-hint`].filter(Boolean).join(' ')
  return (
    <Form className="compose" method="post" action={action} ref={form} aria-label={label}>
      <AttemptField key={taken} />
      <FormError sentences={formErrors(errors, ['message', 'ttl'])} />
      <div className="say">
        <Avatar user={viewer} />
        <MentionBox
          ref={box}
          id={id}
          name="message"
          rows={2}
          dir="auto"
          aria-label={label}
          aria-describedby={describedBy}
          aria-invalid={wrong ? true : undefined}
          placeholder={placeholder}
          defaultValue={draft?.message}
          onChange={count}
        />
      </div>
      {wrong && <ErrorText id={`${base}-error`}>{wrong}</ErrorText>}
      {children ?? <TtlChooser chosen={draft?.ttl} errorId={wrongTtl && `${base}-ttl`} />}
      {wrongTtl && <ErrorText id={`${base}-ttl`}>{wrongTtl}</ErrorText>}
      <div className="send">
        {children ? until : <GoneIn />}
        <span className="hidden" id={`${base}-hint`}>
          Up to {max} characters.
        </span>
        <span className={left < 0 ? 'room over' : 'room'} role="status">
          {left <= NEAR && (left < 0 ? `${-left} over` : `${left} left`)}
        </span>
        <Button pending={pending}>{submit}</Button>
      </div>
    </Form>
  )
}

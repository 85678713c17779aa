import { type ReactNode, useEffect, useId, useState } from 'react'
import { Form, useLocation, useNavigation } from 'react-router'
import { CRUD_MAX, REPLY_MAX } from '../../../worker/contract/limits.ts'
import type { User } from '../../../worker/contract/user.ts'
import { field } from '../../forms/field.ts'
import type { FormFailure } from '../../forms/form.ts'
import type { SubmitMutation } from '../../forms/submissions.ts'
import { useHasScript } from '../../has-script.tsx'
import { paths } from '../../routing/paths.ts'
import { fieldError } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { numberText } from '../../ui/form/count-text.ts'
import { ErrorText } from '../../ui/form/ErrorText.tsx'
import { AudienceFields } from '../audience/AudienceFields.tsx'
import { Avatar } from '../avatar/Avatar.tsx'
import { IdempotencyField } from './IdempotencyField.tsx'
import { ImageFields } from './images/ImageFields.tsx'
import { MentionBox } from './mention/MentionBox.tsx'
import { SendFailed } from './SendFailed.tsx'
import { submitOnCtrlEnter } from './submit-on-ctrl-enter.ts'
import { ExpiryPreview } from './ttl/ExpiryPreview.tsx'
import { TtlChooser } from './ttl/TtlChooser.tsx'
import { useSubmitActivity } from './use-submit-activity.ts'
import { WarningField } from './WarningField.tsx'

/** The counter is shown once this many characters or fewer are left. */
const COUNTER_SHOWN_AT = 40

type ComposeFormProps = {
  viewer: User
  /** Path that the form posts to: a route with an action. */
  action: string
  /** Path under which the draft is stored; default: `action`. */
  draftPath?: string
  /** Runs on submit instead of a post, with script; the page stays open. */
  mutation?: SubmitMutation | undefined
  onAccepted?: () => void
  onFailed?: ((error: unknown) => void) | undefined
  initialText?: string
  /** Initial content warning. */
  initialWarning?: string
  /** Errors and values of the last post. */
  failure?: FormFailure | undefined
  /** Maximum length in grapheme clusters. */
  max?: number
  /** Id of the text box and target of links: `compose` on the home page, `reply` on an activity's. */
  id?: string
  label?: string
  placeholder?: string
  submitLabel?: string
  /** Whether images can be added. */
  images?: boolean
  /** Replaces the choosers of TTL and audience. */
  children?: ReactNode
  /** With `children`: the expiry, beside the button. */
  expiry?: ReactNode
}

/** Form for an activity. Sends `message`, `warning`, `ttl` and images, and without `children` `audience` and `who_can_reply`. */
export function ComposeForm({
  viewer,
  action,
  draftPath = action,
  mutation,
  onAccepted,
  onFailed,
  initialText = '',
  initialWarning = '',
  failure,
  max = CRUD_MAX,
  id = 'compose',
  label = 'Your crud',
  placeholder = 'What’s worth saying for a while?',
  submitLabel = 'Crud',
  images = true,
  children,
  expiry,
}: ComposeFormProps) {
  const base = useId()
  const submission = useSubmitActivity({
    path: draftPath,
    initialText,
    initialWarning,
    failure,
    max,
    tooLong: max === REPLY_MAX ? 'message_exceed_max_chars_1024' : 'message_exceed_max_chars',
    mutation,
    onAccepted,
    onFailed,
  })
  const { form, left, errors, check } = submission
  const [audience, setAudience] = useState<string>()
  const { hash, key } = useLocation()
  const { state, formAction } = useNavigation()
  const pending = state !== 'idle' && formAction?.split('?')[0] === action.split('?')[0]

  // On client-side navigation, a link to the box scrolls to it but does not focus it.
  useEffect(() => {
    if (key && hash === `#${id}`) document.getElementById(id)?.focus()
  }, [hash, key, id])

  const messageError = fieldError(errors, 'message')
  const ttlError = fieldError(errors, 'ttl')
  const describedBy = [messageError && `${base}-error`, `${base}-hint`].filter(Boolean).join(' ')
  return (
    <Form
      className="compose"
      method="post"
      action={action}
      encType="multipart/form-data"
      ref={form}
      aria-label={label}
      onSubmit={submission.submit}
      // Also when a draft is restored.
      onChange={({ currentTarget: changed }) => {
        check(changed)
        setAudience(field(new FormData(changed), 'audience'))
      }}
      onKeyDown={submitOnCtrlEnter}
    >
      <IdempotencyField />
      <SendFailed errors={errors} fields={['message', 'ttl', 'warning']} />
      <div className="compose-row">
        <Avatar user={viewer} />
        <MentionBox
          id={id}
          name="message"
          rows={2}
          dir="auto"
          aria-label={label}
          aria-describedby={describedBy}
          aria-invalid={messageError ? true : undefined}
          // On the page that answers a refused post, without script.
          autoFocus={messageError ? true : undefined}
          placeholder={placeholder}
          defaultValue={failure?.values.message ?? initialText}
        />
      </div>
      {messageError && <ErrorText id={`${base}-error`}>{messageError}</ErrorText>}
      {failure?.audienceWarning && (
        <p className="unreached" role="status">
          {failure.audienceWarning} Press Crud again to send it anyway.{' '}
          {failure.values.audience === 'circle' && <a href={paths.circle()}>Add people</a>}
          <input type="hidden" name="warned" value={failure.audienceWarning} />
        </p>
      )}
      {children ?? <TtlChooser chosen={failure?.values.ttl} errorId={ttlError && `${base}-ttl`} />}
      <div className="compose-options">
        {!children && <AudienceFields values={failure?.values} audience={audience} />}
        <WarningField value={failure?.values.warning ?? initialWarning} error={fieldError(errors, 'warning')} />
      </div>
      {ttlError && <ErrorText id={`${base}-ttl`}>{ttlError}</ErrorText>}
      <div className="compose-footer">
        {images && <ImageFields path={draftPath} errors={errors} failure={failure} />}
        {children ? expiry : <ExpiryPreview />}
        <span className="visually-hidden" id={`${base}-hint`}>
          Up to {numberText(max)} characters.
          {useHasScript() && <span className="keyboard-only"> Ctrl or ⌘ and Enter send it.</span>}
        </span>
        <span className={left < 0 ? 'char-count over-limit' : 'char-count'} role="status">
          {left <= COUNTER_SHOWN_AT && (left < 0 ? `${-left} over` : `${left} left`)}
        </span>
        <Button pending={pending}>{submitLabel}</Button>
      </div>
    </Form>
  )
}

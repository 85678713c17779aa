import type { Activity } from '../../../worker/contract/activity.ts'
import { REPLY_MAX } from '../../../worker/contract/limits.ts'
import type { User } from '../../../worker/contract/user.ts'
import type { FormFailure } from '../../forms/form.ts'
import type { SubmitMutation } from '../../forms/submissions.ts'
import { paths } from '../../routing/paths.ts'
import { ComposeForm } from './ComposeForm.tsx'
import { ReplyExpiry, ReplyTtlChooser } from './ttl/ReplyTtl.tsx'

type ReplyFormProps = {
  viewer: User
  activity: Activity
  failure: FormFailure | undefined
  /** Runs on submit instead of a post, with script (see ComposeForm). */
  mutation: SubmitMutation | undefined
  onFailed?: ((error: unknown) => void) | undefined
}

/** Form for a reply. Sends `message` and `ttl`; a blank TTL expires with the parent. */
export function ReplyForm({ viewer, activity, failure, mutation, onFailed }: ReplyFormProps) {
  return (
    <ComposeForm
      viewer={viewer}
      action={paths.activity(activity)}
      failure={failure}
      mutation={mutation}
      onFailed={onFailed}
      max={REPLY_MAX}
      id="reply"
      label="Your reply"
      placeholder="What is your reply?"
      submit="Reply"
      until={<ReplyExpiry ends={activity.expires_at} />}
    >
      <ReplyTtlChooser ends={activity.expires_at} chosen={failure?.values.ttl} />
    </ComposeForm>
  )
}

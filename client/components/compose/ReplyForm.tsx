import { useState } from 'react'
import type { ActivityWithAncestors } from '../../../worker/contract/activity.ts'
import { REPLY_MAX } from '../../../worker/contract/limits.ts'
import type { User } from '../../../worker/contract/user.ts'
import type { FormFailure } from '../../forms/form.ts'
import type { SubmitMutation } from '../../forms/submissions.ts'
import { paths } from '../../routing/paths.ts'
import { ReplyAudience } from '../audience/ReplyAudience.tsx'
import { ComposeForm } from './ComposeForm.tsx'
import { ReplyExpiry, ReplyTtlChooser } from './ttl/ReplyTtl.tsx'
import { useRestoredDraft } from './use-draft.ts'

type ReplyFormProps = {
  viewer: User
  activity: ActivityWithAncestors
  failure: FormFailure | undefined
  /** Runs on submit instead of a post, with script (see ComposeForm). */
  mutation: SubmitMutation | undefined
  onFailed?: ((error: unknown) => void) | undefined
}

/**
 * Form for a reply. Sends `message` and `ttl`; with a blank `ttl` the reply expires with its parent. Renders nothing if the viewer may
 * not reply, except if they had begun to: then the form keeps their text.
 */
export function ReplyForm({ viewer, activity, failure, mutation, onFailed }: ReplyFormProps) {
  const [wasAllowed] = useState(activity.viewer?.can_reply)
  const draft = useRestoredDraft(paths.activity(activity))
  if (!wasAllowed && !activity.viewer?.can_reply && !failure && draft === null) return null
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
      submitLabel="Reply"
      expiry={<ReplyExpiry parentExpiresAt={activity.expires_at} />}
    >
      <ReplyTtlChooser parentExpiresAt={activity.expires_at} chosen={failure?.values.ttl} />
      <ReplyAudience parent={activity} viewer={viewer} />
    </ComposeForm>
  )
}

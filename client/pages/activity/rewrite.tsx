import { useSuspenseQuery } from '@tanstack/react-query'
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useActionData, useParams } from 'react-router'
import { CRUD_MAX, REPLY_MAX } from '../../../worker/contract/limits.ts'
import { useApi, useViewer } from '../../app-context.tsx'
import { ComposeForm } from '../../components/compose/ComposeForm.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { deleteDraft, draftPathOf } from '../../forms/drafts/drafts.ts'
import { withOrphanedDraft } from '../../forms/drafts/orphaned-draft.ts'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { idempotencyHeaders } from '../../forms/idempotency-key.ts'
import { read } from '../../net/api.ts'
import { activityQuery } from '../../queries/activities/activities.ts'
import { insertActivity } from '../../queries/cache/cached-activities.ts'
import { removeActivity } from '../../queries/cache/remove-activity.ts'
import { sessionQuery } from '../../queries/users/session.ts'
import { requireOwn, requireSignedIn } from '../../routing/guards.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { formatDuration, secondsBetween } from '../../time/durations.ts'
import { useNow } from '../../time/use-now.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  await requireOwn(
    queries.ensureQueryData(activityQuery(api, params.uuid ?? '')),
    queries.ensureQueryData(sessionQuery(api)),
  )
  return null
}

/** Deletes the activity and creates its replacement, with the same expiry. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const { uuid = '' } = params
  const form = await formIn(request)
  const message = field(form, 'message')
  const warning = form.has('warning') ? { warning: field(form, 'warning').trim() || null } : {}
  return runForm(form, async () => {
    const answer = api.activities.$post(
      { json: { message, replaces: uuid, ...warning } },
      await idempotencyHeaders(form),
    )
    const created = await withOrphanedDraft(form, () => read(answer))
    deleteDraft(draftPathOf(request))
    removeActivity(queries, uuid)
    insertActivity(queries, created)
    return redirect(paths.activity(created), 303)
  })
}

/** Page where an author deletes and rewrites an activity. */
export function Component() {
  const viewer = useViewer()
  const { uuid = '' } = useParams()
  const { data: activity } = useSuspenseQuery(activityQuery(useApi(), uuid))
  const failure = failureIn(useActionData())
  if (!viewer) return null
  return (
    <Shell viewer={viewer}>
      <PageHead />
      <PageTitle back={paths.activity(activity)}>Delete &amp; rewrite</PageTitle>
      <ComposeForm
        key={uuid}
        viewer={viewer}
        action={paths.rewrite(activity)}
        initialText={activity.message}
        initialWarning={activity.warning ?? ''}
        failure={failure}
        // A reply may be longer than a top-level activity.
        max={activity.reply_to_activity_uuid ? REPLY_MAX : CRUD_MAX}
        label="Your crud"
        submitLabel="Rewrite"
        images={false}
      >
        <RewriteNote expiresAt={activity.expires_at} imageCount={activity.images.length} />
      </ComposeForm>
    </Shell>
  )
}

/** Note that replies and likes are deleted, that images stay, and when the new activity expires. */
function RewriteNote({ expiresAt, imageCount }: { expiresAt: string; imageCount: number }) {
  const secondsLeft = secondsBetween(useNow(15_000), expiresAt)
  return (
    <p className="soft rewrite-note">
      The old one goes, with its replies and likes; the new one ends when it would have, in{' '}
      {formatDuration(secondsLeft)}.
      {imageCount > 0 && ` ${imageCount === 1 ? 'Its picture stays' : 'Its pictures stay'}.`}
    </p>
  )
}

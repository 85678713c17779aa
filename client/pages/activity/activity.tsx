import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
  useParams,
  useSearchParams,
} from 'react-router'
import type { User } from '../../../worker/contract/user.ts'
import { useApi, useViewer } from '../../app-context.tsx'
import { Thread } from '../../components/activity/thread/Thread.tsx'
import { useWithPending } from '../../components/activity/use-pending-activities.ts'
import { OrphanedDraft } from '../../components/compose/OrphanedDraft.tsx'
import { ReplyForm } from '../../components/compose/ReplyForm.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { deleteDraft, draftPathOf, readDraft } from '../../forms/drafts/drafts.ts'
import { orphanedDraftIn } from '../../forms/drafts/orphaned-draft.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { isSubmitting } from '../../forms/submissions.ts'
import { withUploads } from '../../forms/with-uploads.ts'
import { lazyComponent } from '../../lazy-component.tsx'
import { activityQuery, repliesQuery } from '../../queries/activities/activities.ts'
import { createReply } from '../../queries/activities/create-activity.ts'
import { removeExpired } from '../../queries/cache/cached-activities.ts'
import { useDeletions } from '../../queries/cache/deletions.ts'
import { runMutation } from '../../queries/cache/run-mutation.ts'
import { useList } from '../../queries/cache/use-list.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { referringPage } from '../../routing/referring-page.ts'
import { useClock, useExpiry } from '../../time/clock.tsx'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { loadActivity, sunsetHeaders } from './load-activity.ts'

const NewReplies = lazyComponent(
  typeof document !== 'undefined' &&
    (async () => (await import('../../components/activity/thread/NewReplies.tsx')).NewReplies),
)

export async function loader(args: LoaderFunctionArgs) {
  const { request, params, context } = args
  const { api, queries } = loaderContextOf(context)
  const start = new URL(request.url).searchParams.get('cursor')
  const back = referringPage({ request, context })
  // Not `all`: a redirect or 410 of the activity takes precedence over an error of its replies.
  const [activity, replies] = await Promise.allSettled([
    loadActivity(args, paths.activity),
    queries.ensureInfiniteQueryData(repliesQuery(api, params.uuid ?? '', start)),
  ])
  if (activity.status === 'rejected') throw activity.reason
  if (replies.status === 'rejected') throw replies.reason
  return data({ back: await back }, { headers: sunsetHeaders(activity.value) })
}

/** Creates a reply. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const handle = handleParam(params.at_handle)
  const { uuid = '' } = params
  const form = await formIn(request)
  const parent = { uuid, user: { handle } }
  const write = async () => {
    const created = await runMutation(queries, createReply({ api, queries }, uuid), form)
    deleteDraft(draftPathOf(request))
    return redirect(paths.replyOn(parent, created.uuid), 303)
  }
  return runForm(form, () => withUploads(api, form, paths.activity(parent), write))
}

/** The page of an activity: its thread, signed in with the reply form. */
export function Component() {
  const viewer = useViewer()
  const api = useApi()
  const queries = useQueryClient()
  const { uuid = '' } = useParams()
  const [search] = useSearchParams()
  const { back } = useLoaderData<typeof loader>()
  const { data: activity } = useSuspenseQuery(activityQuery(api, uuid))
  const start = search.get('cursor')
  const { items: replies, pagination } = useList(repliesQuery(api, uuid, start))
  const withPending = useWithPending(paths.activity(activity), replies, 'end')
  const failure = failureIn(useActionData())
  const clock = useClock()
  // The activity, once it expired on screen or when a reply to it was sent. A draft of the reply can then be posted on its own.
  const [expired, setExpired] = useState<{ uuid: string; hasDraft: boolean; wasTyping?: boolean }>()
  const isExpired = expired?.uuid === uuid
  const isDeleted = useDeletions().includes(uuid)
  useExpiry([activity.expires_at, ...replies.map((reply) => reply.expires_at)], (now) => {
    removeExpired(queries, now)
    const path = paths.activity(activity)
    // Wait for the response to a pending reply.
    if (Date.parse(activity.expires_at) > now || isSubmitting(queries, path)) return
    const wasTyping = document.activeElement instanceof HTMLTextAreaElement
    setExpired({ uuid, hasDraft: Boolean(readDraft(path)?.message), wasTyping })
  })
  useEffect(() => {
    if (expired?.hasDraft && expired.wasTyping) document.querySelector<HTMLElement>('main textarea')?.focus()
  }, [expired])
  if (viewer && isExpired && expired.hasDraft) {
    return (
      <Shell viewer={viewer}>
        <OrphanedDraft viewer={viewer} />
      </Shell>
    )
  }
  if (isDeleted) return <DeletedNotice viewer={viewer} />
  return (
    <Shell viewer={viewer}>
      <PageHead
        title={`${activity.reply_to_activity_uuid ? 'A reply' : 'A crud'} by ${activity.user.display_name}`}
        sharing={{
          path: paths.activity(activity),
          description: activity.warning ?? activity.message,
          image: activity.user.avatar_url,
          expiresAt: activity.expires_at,
        }}
      />
      <PageTitle back={back ?? paths.home()} historyBack={back !== null} isHome={back === null}>
        Crud
      </PageTitle>
      <Thread
        activity={activity}
        replies={start === null ? withPending : replies}
        viewer={viewer}
        nextPath={pagination.cursor && paths.replies(activity, pagination.cursor)}
        pagination={pagination}
      >
        {viewer && !isExpired && (
          <ReplyForm
            key={uuid}
            viewer={viewer}
            activity={activity}
            failure={failure}
            mutation={
              start === null
                ? createReply({ api, queries }, uuid, { viewer, now: clock.now, parent: activity })
                : undefined
            }
            onFailed={(error) => orphanedDraftIn(error) !== null && setExpired({ uuid, hasDraft: true })}
          />
        )}
      </Thread>
      {viewer && <NewReplies key={uuid} activity={activity} start={start} viewer={viewer} items={replies} />}
    </Shell>
  )
}

/** In place of an activity that was just deleted on its own page. The toast offers to undo that. */
function DeletedNotice({ viewer }: { viewer: User | null }) {
  return (
    <Shell viewer={viewer}>
      <PageHead title="Deleted" />
      <PageTitle back={paths.home()} historyBack>
        Crud
      </PageTitle>
      <EmptyState actions={<ButtonLink href={paths.home()}>See what’s burning now</ButtonLink>}>
        You deleted this crud.
      </EmptyState>
    </Shell>
  )
}

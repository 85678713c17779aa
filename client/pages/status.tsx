import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useParams,
  useSearchParams,
} from 'react-router'
import type { Ttl } from '../../worker/contract/limits.ts'
import { Thread } from '../components/activity/Thread.tsx'
import { ReplyForm } from '../components/compose/ReplyForm.tsx'
import { PageHead } from '../components/layout/PageHead.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { read } from '../lib/api.ts'
import { useApi, useViewer } from '../lib/app-context.tsx'
import { useExpiry } from '../lib/clock.tsx'
import { attempt, failureIn, field, formIn } from '../lib/form.ts'
import { handleIn, loadingIn } from '../lib/loading.ts'
import { keepingWords } from '../lib/orphan.ts'
import { paths } from '../lib/paths.ts'
import { sendOnce } from '../lib/send-once.ts'
import { activityQuery, repliesQuery, userActivitiesQuery } from '../queries/activities.ts'
import { dropEnded, showNewReply } from '../queries/cache.ts'
import { useList } from '../queries/use-list.ts'
import { PageTitle } from '../ui/PageTitle.tsx'

const onServer = typeof document === 'undefined'

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = loadingIn(context)
  const handle = handleIn(params.at_handle)
  const { uuid = '' } = params
  const start = new URL(request.url).searchParams.get('cursor')
  const [shown, replies] = await Promise.allSettled([
    queries.ensureQueryData(activityQuery(api, uuid)),
    queries.ensureInfiniteQueryData(repliesQuery(api, uuid, start)),
    // The page of an ended crud shows what its author has burning: at the edge both come in the same trip.
    onServer && queries.prefetchInfiniteQuery(userActivitiesQuery(api, handle, 'cruds', null)),
  ])
  if (shown.status === 'rejected') throw shown.reason
  if (replies.status === 'rejected') throw replies.reason
  if (onServer) queries.removeQueries(userActivitiesQuery(api, handle, 'cruds', null))
  if (shown.value.user.handle !== handle.toLowerCase()) throw redirect(paths.activity(shown.value), 301)
  // RFC 8594: from then on this address answers 410.
  return data(null, { headers: { sunset: new Date(shown.value.expires_at).toUTCString() } })
}

/** Answers the crud. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api, queries } = loadingIn(context)
  const handle = handleIn(params.at_handle)
  const { uuid = '' } = params
  const form = await formIn(request)
  const message = field(form, 'message')
  const ttl = field(form, 'ttl') as Ttl | ''
  return attempt(form, async () => {
    const json = { message, ...(ttl && { ttl }) }
    const answer = api.activities[':uuid'].replies.$post({ param: { uuid }, json }, await sendOnce(form))
    showNewReply(queries, await keepingWords(message, () => read(answer)))
    return redirect(paths.activity({ uuid, user: { handle } }), 303)
  })
}

/** A crud, what it hangs on, and what was answered. */
export function Component() {
  const viewer = useViewer()
  const api = useApi()
  const queries = useQueryClient()
  const { uuid = '' } = useParams()
  const [search] = useSearchParams()
  const { data: activity } = useSuspenseQuery(activityQuery(api, uuid))
  const { items: replies, further } = useList(repliesQuery(api, uuid, search.get('cursor')))
  const failure = failureIn(useActionData())
  useExpiry([activity.expires_at, ...replies.map((reply) => reply.expires_at)], (now) => dropEnded(queries, now))
  return (
    <Shell viewer={viewer}>
      <PageHead
        title={`${activity.reply_to_activity_uuid ? 'A reply' : 'A crud'} by ${activity.user.display_name}`}
        sharing={{
          path: paths.activity(activity),
          description: activity.message,
          picture: activity.user.avatar_url,
          until: activity.expires_at,
        }}
      />
      <PageTitle back={paths.home()}>Crud</PageTitle>
      <Thread
        activity={activity}
        replies={replies}
        viewer={viewer}
        next={further.cursor && paths.replies(activity, further.cursor)}
        further={further}
      >
        {viewer && <ReplyForm viewer={viewer} activity={activity} failure={failure} />}
      </Thread>
    </Shell>
  )
}

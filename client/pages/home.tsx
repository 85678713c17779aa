import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useSearchParams,
} from 'react-router'
import type { Ttl } from '../../worker/contract/limits.ts'
import { LiveFeed } from '../components/activity/LiveFeed.tsx'
import { ComposeForm } from '../components/compose/ComposeForm.tsx'
import { FEED_LABELS, feedTabs } from '../components/layout/feed-tabs.ts'
import { INVITATION, Invitation } from '../components/layout/Invitation.tsx'
import { PageHead } from '../components/layout/PageHead.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { Tabs } from '../components/layout/Tabs.tsx'
import { FollowsNobody } from '../components/user/FollowsNobody.tsx'
import { read } from '../lib/api.ts'
import { useApi, useViewer } from '../lib/app-context.tsx'
import { attempt, failureIn, field, formIn } from '../lib/form.ts'
import { loadingIn } from '../lib/loading.ts'
import { type FeedName, paths } from '../lib/paths.ts'
import { sendOnce } from '../lib/send-once.ts'
import { everyoneQuery, homeQuery, lastLightQuery } from '../queries/activities.ts'
import { showNew } from '../queries/cache.ts'
import { useList } from '../queries/use-list.ts'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'

const FEEDS = { following: homeQuery, everyone: everyoneQuery, 'last-light': lastLightQuery }

/** Which feed an address shows, and where in it. Whoever is signed out follows nobody: they see everyone. */
function readAddress(search: URLSearchParams, signedIn: boolean): { feed: FeedName; start: string | null } {
  const asked = search.get('feed')
  const plain = signedIn ? 'following' : 'everyone'
  const feed = asked === 'everyone' || asked === 'last-light' ? asked : plain
  return { feed, start: search.get('cursor') }
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, queries, signedIn } = loadingIn(context)
  const { feed, start } = readAddress(new URL(request.url).searchParams, await signedIn())
  await queries.ensureInfiniteQueryData(FEEDS[feed](api, start))
  return null
}

/** Cruds what was typed. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api, queries } = loadingIn(context)
  const form = await formIn(request)
  return attempt(form, async () => {
    const json = { message: field(form, 'message'), ttl: field(form, 'ttl') as Ttl }
    showNew(queries, await read(api.activities.$post({ json }, await sendOnce(form))))
    return redirect(paths.home(), 303)
  })
}

export function Component() {
  const viewer = useViewer()
  const [search] = useSearchParams()
  const { feed, start } = readAddress(search, viewer !== null)
  const { items, further } = useList(FEEDS[feed](useApi(), start))
  const failure = failureIn(useActionData())
  const plain = viewer ? 'following' : 'everyone'
  const view = feed !== plain ? FEED_LABELS[feed] : viewer ? 'Home' : 'Say it. Let it burn.'
  const pageAt = (cursor: string) => paths.home(feed === plain ? undefined : feed, cursor)
  return (
    <Shell viewer={viewer} current="home">
      <PageHead
        title={view}
        sharing={{ path: paths.home(feed === plain ? undefined : feed), description: INVITATION }}
      />
      {viewer ? (
        <>
          <VisuallyHidden as="h1">Home</VisuallyHidden>
          <Tabs label="Which cruds" tabs={feedTabs(feed, true)} />
          <ComposeForm
            viewer={viewer}
            action={paths.home()}
            errors={failure?.errors}
            draft={failure?.values as { message?: string; ttl?: Ttl } | undefined}
          />
        </>
      ) : (
        <>
          <Invitation />
          <Tabs label="Which cruds" tabs={feedTabs(feed, false)} />
        </>
      )}
      {viewer && feed === 'following' && start === null && <FollowsNobody />}
      <LiveFeed
        key={feed}
        activities={items}
        viewer={viewer}
        label={feed === 'last-light' ? 'Last light' : 'Cruds'}
        next={further.cursor && pageAt(further.cursor)}
        more={feed === 'last-light' ? 'Cruds that end later' : 'Older cruds'}
        further={further}
      />
    </Shell>
  )
}

import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
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
import { KeptWords } from '../components/compose/KeptWords.tsx'
import { feedTabs } from '../components/layout/feed-tabs.ts'
import { Invitation } from '../components/layout/Invitation.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { Tabs } from '../components/layout/Tabs.tsx'
import { read } from '../lib/api.ts'
import { useApi, useViewer } from '../lib/app-context.tsx'
import { attempt, failureIn, field } from '../lib/form.ts'
import { loadingIn } from '../lib/loading.ts'
import { type FeedName, paths } from '../lib/paths.ts'
import { everyoneQuery, homeQuery } from '../queries/activities.ts'
import { showNew } from '../queries/cache.ts'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'

const FEEDS = { following: homeQuery, everyone: everyoneQuery }
type Shown = keyof typeof FEEDS

/** Which feed an address shows, and where in it. */
function readAddress(search: URLSearchParams, signedIn: boolean): { feed: Shown; start: string | null } {
  const feed = signedIn && search.get('feed') !== 'everyone' ? 'following' : 'everyone'
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
  const form = await request.formData()
  return attempt(form, async () => {
    const json = { message: field(form, 'message'), ttl: field(form, 'ttl') as Ttl }
    showNew(queries, await read(api.activities.$post({ json })))
    return redirect(paths.home(), 303)
  })
}

export function Component() {
  const viewer = useViewer()
  const [search] = useSearchParams()
  const { feed, start } = readAddress(search, viewer !== null)
  const { data, hasNextPage } = useSuspenseInfiniteQuery(FEEDS[feed](useApi(), start))
  const failure = failureIn(useActionData())
  const next = hasNextPage ? (data.pages.at(-1)?.next_cursor ?? null) : null
  const name: FeedName = feed
  return (
    <Shell viewer={viewer} current="home">
      <title>{viewer ? 'Home · Cruddur' : 'Cruddur · Say it. Let it burn.'}</title>
      {viewer ? (
        <>
          <VisuallyHidden as="h1">Home</VisuallyHidden>
          <Tabs label="Which cruds" tabs={feedTabs(name, true)} />
          <ComposeForm
            viewer={viewer}
            action={paths.home()}
            errors={failure?.errors}
            draft={failure?.values as { message?: string; ttl?: Ttl } | undefined}
          />
        </>
      ) : failure ? (
        <KeptWords failure={failure} />
      ) : (
        <Invitation />
      )}
      <LiveFeed
        activities={data.pages.flatMap((page) => page.data)}
        viewer={viewer}
        label="Cruds"
        next={next && paths.home(viewer ? feed : undefined, next)}
      />
    </Shell>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { useContext } from 'react'
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useSearchParams,
} from 'react-router'
import { SignedOutContext, useApi, useViewer } from '../app-context.tsx'
import { LiveFeed } from '../components/activity/feed/LiveFeed.tsx'
import { useWithPending } from '../components/activity/use-pending-activities.ts'
import { loadedArrival, prefetchArrival } from '../components/arrival/load-arrival.ts'
import { ComposeForm } from '../components/compose/ComposeForm.tsx'
import { FEED_LABELS, feedTabs } from '../components/layout/nav/feed-tabs.ts'
import { Tabs } from '../components/layout/nav/Tabs.tsx'
import { PageHead } from '../components/layout/page/PageHead.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { deleteDraft, draftPathOf } from '../forms/drafts/drafts.ts'
import { field } from '../forms/field.ts'
import { type FormFailure, failureIn, formIn, runForm, valuesOf } from '../forms/form.ts'
import { withUploads } from '../forms/with-uploads.ts'
import { lazyComponent } from '../lazy-component.tsx'
import { everyoneQuery, homeQuery, lastLightQuery } from '../queries/activities/activities.ts'
import { createActivity } from '../queries/activities/create-activity.ts'
import { runMutation } from '../queries/cache/run-mutation.ts'
import { useList } from '../queries/cache/use-list.ts'
import { loaderContextOf } from '../routing/loader-context.ts'
import { type FeedName, paths } from '../routing/paths.ts'
import { useClock } from '../time/clock.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'

const NewPosts = lazyComponent(
  typeof document !== 'undefined' && (async () => (await import('../components/activity/feed/NewPosts.tsx')).NewPosts),
)

const FEEDS = { following: homeQuery, everyone: everyoneQuery, 'last-light': lastLightQuery }

/** Returns the feed of a URL and its cursor. Signed out, the default is everyone. */
function readSearch(search: URLSearchParams, signedIn: boolean): { feed: FeedName; start: string | null } {
  const requested = search.get('feed')
  const defaultFeed = signedIn ? 'following' : 'everyone'
  const feed = requested === 'everyone' || requested === 'last-light' ? requested : defaultFeed
  return { feed, start: search.get('cursor') }
}

/** Whether a page of home may help a new user: the top of one's own feed, which signed-out viewers do not have. */
const showsArrival = (feed: FeedName, start: string | null) => feed === 'following' && start === null

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, optionalApi, queries, isSignedIn } = loaderContextOf(context)
  const { feed, start } = readSearch(new URL(request.url).searchParams, await isSignedIn())
  await Promise.all([
    queries.ensureInfiniteQueryData(FEEDS[feed](api, start)),
    showsArrival(feed, start) && prefetchArrival(optionalApi, queries),
  ])
  return null
}

/**
 * Creates a top-level activity. If it mentions users who will not see it, or is for an empty circle, shows the form again with a
 * warning first; the next submission creates it. Script warns while the user is typing.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const form = await formIn(request)
  const write = async () => {
    const { findAudienceWarning } = await import('../queries/users/audience-warning.ts')
    const audienceWarning = await findAudienceWarning({ api, queries }, field(form, 'message'), field(form, 'audience'))
    if (audienceWarning && audienceWarning !== field(form, 'warned'))
      return { errors: [], values: valuesOf(form), audienceWarning } satisfies FormFailure
    await runMutation(queries, createActivity({ api, queries }), form)
    deleteDraft(draftPathOf(request))
    return redirect(paths.home(), 303)
  }
  return runForm(form, () => withUploads(api, form, paths.home(), write))
}

/** The home page: a feed, signed in with the compose form, signed out with the landing section. */
export function Component() {
  const viewer = useViewer()
  const { Landing } = useContext(SignedOutContext) ?? {}
  const Arrival = loadedArrival()
  const [search] = useSearchParams()
  const { feed, start } = readSearch(search, viewer !== null)
  const api = useApi()
  const queries = useQueryClient()
  const clock = useClock()
  const { items, pagination } = useList(FEEDS[feed](api, start))
  const failure = failureIn(useActionData())
  // A feed that starts with the newest shows a new activity at once. From elsewhere, posting navigates home.
  const isTop = start === null && feed !== 'last-light'
  const withPending = useWithPending(paths.home(), items, 'start')
  const defaultFeed = viewer ? 'following' : 'everyone'
  const title = feed !== defaultFeed ? FEED_LABELS[feed] : viewer ? 'Home' : 'Say it. Let it burn.'
  const pathAt = (cursor: string) => paths.home(feed === defaultFeed ? undefined : feed, cursor)
  return (
    <Shell viewer={viewer} current="home">
      <PageHead title={title} sharing={{ path: paths.home(feed === defaultFeed ? undefined : feed) }} />
      {viewer ? (
        <>
          <VisuallyHidden as="h1">Home</VisuallyHidden>
          <Tabs label="Feeds" tabs={feedTabs(feed, true)} />
          <ComposeForm
            viewer={viewer}
            key={isTop ? 'top' : `${feed} ${start}`}
            action={paths.home()}
            failure={failure}
            mutation={isTop ? createActivity({ api, queries }, { viewer, now: clock.now }) : undefined}
          />
        </>
      ) : (
        <>
          {Landing && <Landing />}
          <Tabs label="Feeds" tabs={feedTabs(feed, false)} />
        </>
      )}
      {viewer && Arrival && showsArrival(feed, start) && <Arrival viewer={viewer} activities={withPending} />}
      {viewer && isTop && (
        // Not the key of the feed below: of siblings with one key, React loses one.
        <NewPosts key={`new ${feed}`} feed={feed === 'everyone' ? feed : 'home'} viewer={viewer} items={items} />
      )}
      <LiveFeed
        key={feed}
        activities={isTop ? withPending : items}
        viewer={viewer}
        label={feed === 'last-light' ? 'Last light' : 'Cruds'}
        nextPath={pagination.cursor && pathAt(pagination.cursor)}
        nextLabel={feed === 'last-light' ? 'Later cruds' : 'Older cruds'}
        pagination={pagination}
      />
    </Shell>
  )
}

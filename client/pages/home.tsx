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
import { ComposeForm } from '../components/compose/ComposeForm.tsx'
import { FEED_LABELS, feedTabs } from '../components/layout/nav/feed-tabs.ts'
import { Tabs } from '../components/layout/nav/Tabs.tsx'
import { PageHead } from '../components/layout/page/PageHead.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { FollowsNobody } from '../components/user/FollowsNobody.tsx'
import { deleteDraft, draftKey } from '../forms/drafts.ts'
import { failureIn, formIn, runForm } from '../forms/form.ts'
import { lazyComponent } from '../lazy-component.tsx'
import { everyoneQuery, homeQuery, lastLightQuery } from '../queries/activities.ts'
import { createActivity } from '../queries/create-activity.ts'
import { runMutation } from '../queries/run-mutation.ts'
import { useList } from '../queries/use-list.ts'
import { loaderContextOf } from '../routing/loader-context.ts'
import { type FeedName, paths } from '../routing/paths.ts'
import { useClock } from '../time/clock.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'

const Newcomers = lazyComponent(async () => (await import('../components/activity/feed/NewPosts.tsx')).NewPosts)

const FEEDS = { following: homeQuery, everyone: everyoneQuery, 'last-light': lastLightQuery }

/** Which feed an address shows, and where in it. Whoever is signed out follows nobody: they see everyone. */
function readAddress(search: URLSearchParams, signedIn: boolean): { feed: FeedName; start: string | null } {
  const asked = search.get('feed')
  const plain = signedIn ? 'following' : 'everyone'
  const feed = asked === 'everyone' || asked === 'last-light' ? asked : plain
  return { feed, start: search.get('cursor') }
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, queries, signedIn } = loaderContextOf(context)
  const { feed, start } = readAddress(new URL(request.url).searchParams, await signedIn())
  await queries.ensureInfiniteQueryData(FEEDS[feed](api, start))
  return null
}

/** Cruds what was typed. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const form = await formIn(request)
  return runForm(form, async () => {
    await runMutation(queries, createActivity({ api, queries }), form)
    deleteDraft(draftKey(request))
    return redirect(paths.home(), 303)
  })
}

export function Component() {
  const viewer = useViewer()
  const { Invitation } = useContext(SignedOutContext) ?? {}
  const [search] = useSearchParams()
  const { feed, start } = readAddress(search, viewer !== null)
  const api = useApi()
  const queries = useQueryClient()
  const clock = useClock()
  const { items, further } = useList(FEEDS[feed](api, start))
  const failure = failureIn(useActionData())
  // Where a new crud stands on top, it is sent from here; any other page goes home with it.
  const isTop = start === null && feed !== 'last-light'
  const withPending = useWithPending(paths.home(), items, 'start')
  const plain = viewer ? 'following' : 'everyone'
  const view = feed !== plain ? FEED_LABELS[feed] : viewer ? 'Home' : 'Say it. Let it burn.'
  const pageAt = (cursor: string) => paths.home(feed === plain ? undefined : feed, cursor)
  return (
    <Shell viewer={viewer} current="home">
      <PageHead title={view} sharing={{ path: paths.home(feed === plain ? undefined : feed) }} />
      {viewer ? (
        <>
          <VisuallyHidden as="h1">Home</VisuallyHidden>
          <Tabs label="Which cruds" tabs={feedTabs(feed, true)} />
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
          {Invitation && <Invitation />}
          <Tabs label="Which cruds" tabs={feedTabs(feed, false)} />
        </>
      )}
      {viewer && feed === 'following' && start === null && <FollowsNobody />}
      {viewer && isTop && (
        <Newcomers key={feed} feed={feed === 'everyone' ? feed : 'home'} viewer={viewer} items={items} />
      )}
      <LiveFeed
        key={feed}
        activities={isTop ? withPending : items}
        viewer={viewer}
        label={feed === 'last-light' ? 'Last light' : 'Cruds'}
        next={further.cursor && pageAt(further.cursor)}
        more={feed === 'last-light' ? 'Cruds that end later' : 'Older cruds'}
        further={further}
      />
    </Shell>
  )
}

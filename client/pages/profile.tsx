import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams, useSearchParams } from 'react-router'
import { LiveFeed } from '../components/activity/LiveFeed.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { Tabs } from '../components/layout/Tabs.tsx'
import { ProfileHeading } from '../components/user/ProfileHeading.tsx'
import { useApi, useViewer } from '../lib/app-context.tsx'
import { handleIn, loadingIn } from '../lib/loading.ts'
import { paths } from '../lib/paths.ts'
import { type ProfileTab, userActivitiesQuery } from '../queries/activities.ts'
import { profileQuery } from '../queries/users.ts'
import { EmptyState } from '../ui/EmptyState.tsx'

function readAddress(search: URLSearchParams): { tab: ProfileTab; start: string | null } {
  return { tab: search.get('tab') === 'replies' ? 'replies' : 'cruds', start: search.get('cursor') }
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = loadingIn(context)
  const handle = handleIn(params.at_handle)
  const { tab, start } = readAddress(new URL(request.url).searchParams)
  await Promise.all([
    queries.ensureQueryData(profileQuery(api, handle)),
    queries.ensureInfiniteQueryData(userActivitiesQuery(api, handle, tab, start)),
  ])
  return null
}

/** A person, and what they have burning. */
export function Component() {
  const viewer = useViewer()
  const api = useApi()
  const handle = handleIn(useParams().at_handle)
  const [search] = useSearchParams()
  const { tab, start } = readAddress(search)
  const { data: profile } = useSuspenseQuery(profileQuery(api, handle))
  const { data, hasNextPage } = useSuspenseInfiniteQuery(userActivitiesQuery(api, handle, tab, start))
  const next = hasNextPage ? (data.pages.at(-1)?.next_cursor ?? null) : null
  const own = viewer?.uuid === profile.uuid
  return (
    <Shell viewer={viewer} current={own ? 'profile' : undefined}>
      <title>{`${profile.display_name} (@${profile.handle}) · Cruddur`}</title>
      <ProfileHeading profile={profile} />
      <Tabs
        label="Which cruds"
        tabs={[
          { label: 'Cruds', to: paths.profilePage(profile.handle), current: tab === 'cruds' },
          { label: 'Replies', to: paths.profilePage(profile.handle, { tab: 'replies' }), current: tab === 'replies' },
        ]}
      />
      <LiveFeed
        activities={data.pages.flatMap((page) => page.data)}
        viewer={viewer}
        label={`${tab === 'cruds' ? 'Cruds' : 'Replies'} of @${profile.handle}`}
        next={next && paths.profilePage(profile.handle, { tab, cursor: next })}
        empty={own ? undefined : <EmptyState>{`@${profile.handle} has nothing burning here.`}</EmptyState>}
      />
    </Shell>
  )
}

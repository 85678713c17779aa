import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams, useSearchParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { LiveFeed } from '../../components/activity/feed/LiveFeed.tsx'
import { Tabs } from '../../components/layout/nav/Tabs.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { ProfileActions } from '../../components/user/ProfileActions.tsx'
import { ProfileHeading } from '../../components/user/ProfileHeading.tsx'
import { type ProfileTab, userActivitiesQuery } from '../../queries/activities/activities.ts'
import { useList } from '../../queries/cache/use-list.ts'
import { profileQuery } from '../../queries/users/users.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'

const TABS: { tab: ProfileTab; label: string }[] = [
  { tab: 'cruds', label: 'Cruds' },
  { tab: 'replies', label: 'Replies' },
  { tab: 'likes', label: 'Likes' },
]

/** Text of an empty tab; null for the feed's default. */
const EMPTY: Record<ProfileTab, { own: string | null; other: (name: string) => string }> = {
  cruds: { own: null, other: (name) => `${name} has nothing burning here.` },
  replies: { own: 'None of your replies are burning now.', other: (name) => `${name} has no replies burning now.` },
  likes: {
    own: 'Nothing you’ve liked is burning now.',
    other: (name) => `Nothing ${name} has liked is burning now.`,
  },
}

/** Returns the tab and the cursor of a URL. */
function readSearch(search: URLSearchParams): { tab: ProfileTab; start: string | null } {
  const tab = TABS.find(({ tab }) => tab === search.get('tab'))?.tab ?? 'cruds'
  return { tab, start: search.get('cursor') }
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const handle = handleParam(params.at_handle)
  const { tab, start } = readSearch(new URL(request.url).searchParams)
  await Promise.all([
    queries.ensureQueryData(profileQuery(api, handle)),
    queries.ensureInfiniteQueryData(userActivitiesQuery(api, handle, tab, start)),
  ])
  return null
}

/** The page of a user: profile and live activities. */
export function Component() {
  const viewer = useViewer()
  const api = useApi()
  const handle = handleParam(useParams().at_handle)
  const [search] = useSearchParams()
  const { tab, start } = readSearch(search)
  const { data: profile } = useSuspenseQuery(profileQuery(api, handle))
  const { items, pagination } = useList(userActivitiesQuery(api, handle, tab, start))
  const isOwn = viewer?.uuid === profile.uuid
  const name = `@${profile.handle}`
  const label = TABS.find((each) => each.tab === tab)?.label
  const empty = isOwn ? EMPTY[tab].own : EMPTY[tab].other(name)
  return (
    <Shell viewer={viewer} current={isOwn ? 'profile' : undefined}>
      <PageHead
        title={`${tab === 'cruds' ? '' : `${label} of `}${profile.display_name} (${name})`}
        sharing={{
          path: paths.profileTab(profile.handle, { tab }),
          description: profile.bio || `What ${name} has burning on Cruddur. Catch it before it’s gone.`,
          image: profile.avatar_url,
        }}
      />
      <ProfileHeading profile={profile} action={<ProfileActions profile={profile} viewer={viewer} />} />
      {profile.viewer?.blocking ? (
        <EmptyState title={`You have blocked ${name}`}>You can’t see each other’s cruds.</EmptyState>
      ) : (
        <>
          <Tabs
            label="Parts of the profile"
            tabs={TABS.map(({ tab: each, label }) => ({
              label,
              to: paths.profileTab(profile.handle, { tab: each }),
              current: each === tab,
            }))}
          />
          <LiveFeed
            key={`${profile.handle} ${tab}`}
            activities={items}
            viewer={viewer}
            label={`${label} of ${name}`}
            nextPath={pagination.cursor && paths.profileTab(profile.handle, { tab, cursor: pagination.cursor })}
            pagination={pagination}
            empty={empty === null ? undefined : <EmptyState>{empty}</EmptyState>}
          />
        </>
      )}
    </Shell>
  )
}

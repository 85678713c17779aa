import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams, useSearchParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { followsQuery } from '../../queries/users/user-lists.ts'
import { profileQuery } from '../../queries/users/users.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { Tabs } from '../layout/nav/Tabs.tsx'
import { PageHead } from '../layout/page/PageHead.tsx'
import { Shell } from '../layout/Shell.tsx'
import { UserList } from './UserList.tsx'

type FollowTab = 'followers' | 'following'

/** Loads a user's profile and the first page of their followers, or of the users they follow. */
export async function loadFollows(which: FollowTab, { request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const handle = handleParam(params.at_handle)
  const start = new URL(request.url).searchParams.get('cursor')
  await Promise.all([
    queries.ensureQueryData(profileQuery(api, handle)),
    queries.ensureInfiniteQueryData(followsQuery(api, handle, which, start)),
  ])
  return null
}

/** Page that lists a user's followers, or the users they follow. */
export function FollowList({ which }: { which: FollowTab }) {
  const viewer = useViewer()
  const api = useApi()
  const handle = handleParam(useParams().at_handle)
  const [search] = useSearchParams()
  const { data: profile } = useSuspenseQuery(profileQuery(api, handle))
  const isOwn = viewer?.uuid === profile.uuid
  const name = `@${profile.handle}`
  return (
    <Shell viewer={viewer} current={isOwn ? 'profile' : undefined}>
      <PageHead title={which === 'followers' ? `Followers of ${name}` : `Followed by ${name}`} />
      <PageTitle back={paths.profile(profile.handle)}>{profile.display_name}</PageTitle>
      <Tabs
        label="Which people"
        tabs={[
          { label: 'Followers', to: paths.followers(profile.handle), current: which === 'followers' },
          { label: 'Following', to: paths.following(profile.handle), current: which === 'following' },
        ]}
      />
      <UserList
        query={followsQuery(api, handle, which, search.get('cursor'))}
        pathAt={(cursor) => paths[which](profile.handle, cursor)}
        areOwnFollowers={isOwn && which === 'followers'}
        empty={EMPTY[which][isOwn ? 'own' : 'other'](name)}
      />
    </Shell>
  )
}

const EMPTY = {
  followers: {
    own: () => 'Nobody follows you yet. Crud something worth coming back for.',
    other: (name: string) => `Nobody follows ${name} yet.`,
  },
  following: {
    own: () => 'You’re not following anyone yet.',
    other: (name: string) => `${name} isn’t following anyone yet.`,
  },
}

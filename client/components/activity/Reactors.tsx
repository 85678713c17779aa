import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams, useSearchParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { activityQuery } from '../../queries/activities/activities.ts'
import { reactorsQuery } from '../../queries/users/user-lists.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { PageHead } from '../layout/page/PageHead.tsx'
import { Shell } from '../layout/Shell.tsx'
import { UserList } from '../user/UserList.tsx'

type ReactionPage = 'likes' | 'reposts'

const TEXTS = {
  likes: { title: 'Liked by', empty: 'Nobody has liked this yet.' },
  reposts: { title: 'Reposted by', empty: 'Nobody has reposted this yet.' },
}

/** Loads an activity and the first page of its likers or reposters. */
export async function loadReactors(which: ReactionPage, { request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  handleParam(params.at_handle)
  const { uuid = '' } = params
  const start = new URL(request.url).searchParams.get('cursor')
  await Promise.all([
    queries.ensureQueryData(activityQuery(api, uuid)),
    queries.ensureInfiniteQueryData(reactorsQuery(api, uuid, which, start)),
  ])
  return null
}

/** Page that lists the users who liked or reposted an activity. */
export function Reactors({ which }: { which: ReactionPage }) {
  const api = useApi()
  const { uuid = '' } = useParams()
  const [search] = useSearchParams()
  const { data: activity } = useSuspenseQuery(activityQuery(api, uuid))
  const { title, empty } = TEXTS[which]
  return (
    <Shell viewer={useViewer()}>
      <PageHead title={title} />
      <PageTitle back={paths.activity(activity)}>{title}</PageTitle>
      <UserList
        query={reactorsQuery(api, uuid, which, search.get('cursor'))}
        pathAt={(cursor) => paths[which](activity, cursor)}
        empty={empty}
      />
    </Shell>
  )
}

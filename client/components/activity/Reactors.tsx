import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams, useSearchParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { activityQuery } from '../../queries/activities.ts'
import { reactorsQuery } from '../../queries/user-lists.ts'
import { handleParam, loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { PageHead } from '../layout/page/PageHead.tsx'
import { Shell } from '../layout/Shell.tsx'
import { UserList } from '../user/UserList.tsx'

type Which = 'likes' | 'reposts'

const WORDS = {
  likes: { title: 'Liked by', empty: 'Nobody has liked this yet.' },
  reposts: { title: 'Reposted by', empty: 'Nobody has reposted this yet.' },
}

/** Loads the page of who has liked or reposted a crud. */
export async function loadReactors(which: Which, { request, params, context }: LoaderFunctionArgs) {
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

/** Who has liked or reposted a crud. */
export function Reactors({ which }: { which: Which }) {
  const api = useApi()
  const { uuid = '' } = useParams()
  const [search] = useSearchParams()
  const { data: activity } = useSuspenseQuery(activityQuery(api, uuid))
  const { title, empty } = WORDS[which]
  return (
    <Shell viewer={useViewer()}>
      <PageHead title={title} />
      <PageTitle back={paths.activity(activity)}>{title}</PageTitle>
      <UserList
        list={reactorsQuery(api, uuid, which, search.get('cursor'))}
        pageAt={(cursor) => paths[which](activity, cursor)}
        empty={empty}
      />
    </Shell>
  )
}

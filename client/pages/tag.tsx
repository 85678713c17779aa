import { type LoaderFunctionArgs, useParams, useSearchParams } from 'react-router'
import { useApi, useViewer } from '../app-context.tsx'
import { LiveFeed } from '../components/activity/feed/LiveFeed.tsx'
import { PageHead } from '../components/layout/page/PageHead.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { tagQuery } from '../queries/activities/search.ts'
import { useList } from '../queries/cache/use-list.ts'
import { loaderContextOf } from '../routing/loader-context.ts'
import { paths } from '../routing/paths.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'

/** Returns a tag in lower case: tags ignore case. */
const tagIn = (segment: string | undefined) => (segment ?? '').toLowerCase()

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const start = new URL(request.url).searchParams.get('cursor')
  await queries.ensureInfiniteQueryData(tagQuery(api, tagIn(params.tag), start))
  return null
}

/** The page of a tag: its live activities. */
export function Component() {
  const viewer = useViewer()
  const tag = tagIn(useParams().tag)
  const [search] = useSearchParams()
  const { items, pagination } = useList(tagQuery(useApi(), tag, search.get('cursor')))
  return (
    <Shell viewer={viewer}>
      <PageHead
        title={`#${tag}`}
        sharing={{ path: paths.tag(tag), description: `What’s burning with #${tag}. Catch it before it’s gone.` }}
      />
      <PageTitle back={paths.search()}>{`#${tag}`}</PageTitle>
      <LiveFeed
        key={tag}
        activities={items}
        viewer={viewer}
        label={`Cruds with #${tag}`}
        nextPath={pagination.cursor && paths.tag(tag, pagination.cursor)}
        pagination={pagination}
        empty={<EmptyState>{`Nothing with #${tag} is burning. Light the first one.`}</EmptyState>}
      />
    </Shell>
  )
}

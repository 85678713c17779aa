import { data, type LoaderFunctionArgs, useLoaderData, useSearchParams } from 'react-router'
import type { ErrorItem } from '../../worker/contract/error.ts'
import { useViewer } from '../app-context.tsx'
import { Tabs } from '../components/layout/nav/Tabs.tsx'
import { PageHead } from '../components/layout/page/PageHead.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { Sidebar } from '../components/layout/Sidebar.tsx'
import { FoundActivities } from '../components/search/FoundActivities.tsx'
import { FoundUsers } from '../components/search/FoundUsers.tsx'
import { SiteSearch } from '../components/search/SiteSearch.tsx'
import { Trending } from '../components/tag/Trending.tsx'
import { ApiError } from '../net/api.ts'
import { searchQuery, trendingQuery } from '../queries/activities/search.ts'
import { foundUsersQuery } from '../queries/users/found-users.ts'
import { loaderContextOf } from '../routing/loader-context.ts'
import { paths } from '../routing/paths.ts'
import { fieldError } from '../texts/form-errors.ts'
import { ButtonLink } from '../ui/button/ButtonLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'

/** Number of trending tags before a search. */
const MAX_TAGS = 10

/** Returns the term (null before a search), whether to search for users, and the cursor. */
function readSearch(search: URLSearchParams) {
  return { term: search.get('term'), isUserSearch: search.get('in') === 'people', start: search.get('cursor') }
}

/** Returns the errors if the API refused the term; null for any other error. */
function refusalOf(error: unknown): ErrorItem[] | null {
  const errors = error instanceof ApiError && error.status === 422 ? error.data.errors : []
  return errors.some(({ field }) => field === 'term') ? errors : null
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, optionalApi, queries } = loaderContextOf(context)
  const { term, isUserSearch, start } = readSearch(new URL(request.url).searchParams)
  if (term === null) {
    await queries.prefetchQuery(trendingQuery(optionalApi, MAX_TAGS))
    return null
  }
  try {
    await Promise.all([
      !isUserSearch && queries.ensureInfiniteQueryData(searchQuery(api, term, start)),
      // The first page of activities shows matching users above.
      (isUserSearch || start === null) && queries.ensureQueryData(foundUsersQuery(api, term)),
    ])
    return null
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal) return data(refusal, 422)
    throw error
  }
}

/** The search page: activities or users that match a term; before a search, trending tags. */
export function Component() {
  const viewer = useViewer()
  const [search] = useSearchParams()
  const { term, isUserSearch, start } = readSearch(search)
  const refusal = useLoaderData<typeof loader>()
  const hasTerm = term !== null && !refusal
  return (
    <Shell viewer={viewer} current="search" aside={<Sidebar viewer={viewer} hasSearch={false} hasTrending={hasTerm} />}>
      <PageHead title={hasTerm ? `${term} · ${isUserSearch ? 'People' : 'Search'}` : 'Search'} />
      <PageTitle>Search</PageTitle>
      <div className="search">
        <SiteSearch term={term ?? ''} isUserSearch={isUserSearch} error={fieldError(refusal ?? undefined, 'term')} />
      </div>
      {hasTerm ? (
        <>
          <Tabs
            label="Search for"
            tabs={[
              { label: 'Cruds', to: paths.search({ term }), current: !isUserSearch },
              { label: 'People', to: paths.search({ term, in: 'people' }), current: isUserSearch },
            ]}
          />
          {isUserSearch ? <FoundUsers term={term} /> : <FoundActivities term={term} start={start} viewer={viewer} />}
        </>
      ) : (
        <div className="search">
          <Trending limit={MAX_TAGS} empty={<NothingTrending />} />
        </div>
      )}
    </Shell>
  )
}

function NothingTrending() {
  return (
    <EmptyState
      actions={
        <ButtonLink look="quiet" href={paths.home('everyone')}>
          See what’s burning
        </ButtonLink>
      }
    >
      Nothing is trending right now. Search for a word, a #tag or a person.
    </EmptyState>
  )
}

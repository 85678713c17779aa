import { useQuery } from '@tanstack/react-query'
import { type ActionFunctionArgs, type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { useApi, useViewer } from '../app-context.tsx'
import { PageHead } from '../components/layout/page/PageHead.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { SearchForm } from '../components/search/SearchForm.tsx'
import { CircleButton } from '../components/user/CircleButton.tsx'
import { UserRow } from '../components/user/UserRow.tsx'
import { useRowFocus } from '../components/user/use-row-focus.ts'
import { redirectPath, runButtonAction } from '../forms/button-action.ts'
import { field } from '../forms/field.ts'
import { formIn } from '../forms/form.ts'
import { useList } from '../queries/cache/use-list.ts'
import { setInCircle } from '../queries/users/followers.ts'
import { foundUsersQuery } from '../queries/users/found-users.ts'
import { circleQuery } from '../queries/users/user-lists.ts'
import { requireSignedIn } from '../routing/guards.ts'
import { loaderContextOf } from '../routing/loader-context.ts'
import { paths } from '../routing/paths.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { MoreLink } from '../ui/MoreLink.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'

/** Returns the search term (blank: none) and the cursor of a URL. */
const readSearch = (search: URLSearchParams) => ({
  term: search.get('term')?.trim() ?? '',
  start: search.get('cursor'),
})

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  const { term, start } = readSearch(new URL(request.url).searchParams)
  await Promise.all([
    queries.ensureInfiniteQueryData(circleQuery(api, start)),
    // A term that the API refuses finds nobody.
    term && queries.prefetchQuery(foundUsersQuery(api, term)),
  ])
  return null
}

/** Adds a user to the circle or removes them, by the form's `on`. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const form = await formIn(request)
  return runButtonAction(queries, redirectPath(form, paths.circle()), () =>
    setInCircle({ api, queries }, field(form, 'handle'), field(form, 'on') === 'true'),
  )
}

/** Page with the viewer's circle, which only they can see, and a search for users to add. */
export function Component() {
  const viewer = useViewer()
  const api = useApi()
  const [search] = useSearchParams()
  const { term, start } = readSearch(search)
  const { items, pagination } = useList(circleQuery(api, start))
  const { data: found } = useQuery({ ...foundUsersQuery(api, term), enabled: term !== '' })
  const members = new Set(items.map(({ uuid }) => uuid))
  const users = (term === '' ? [] : (found?.data ?? [])).filter(({ uuid }) => uuid !== viewer?.uuid)
  // Members are listed below.
  const others = users.filter(({ uuid }) => !members.has(uuid))
  const othersList = useRowFocus(others.length)
  const membersList = useRowFocus(items.length)
  return (
    <Shell viewer={viewer} current="circle">
      <PageHead />
      <PageTitle>Your circle</PageTitle>
      <div className="search">
        <p className="soft">
          A crud for your circle is seen by these people alone. Members see that a crud is for your circle, but not who
          else is in it. They aren’t told that you added them.
        </p>
        <SearchForm action={paths.circle()} label="Find people to add" term={term} />
        {term !== '' && (
          <section aria-labelledby="found">
            <h2 id="found">Add someone</h2>
            {others.length === 0 ? (
              <p className="soft">
                {users.length === 0
                  ? `Nobody found for “${term}”. Try another handle or name.`
                  : `Everyone found for “${term}” is in your circle.`}
              </p>
            ) : (
              <ul className="user-list" {...othersList}>
                {others.map((user) => (
                  <UserRow
                    key={user.uuid}
                    user={user}
                    action={<CircleButton handle={user.handle} isMember={false} />}
                  />
                ))}
              </ul>
            )}
          </section>
        )}
      </div>
      {items.length === 0 ? (
        term === '' && <EmptyState>Nobody is in your circle yet. Look for someone above.</EmptyState>
      ) : (
        <section className="search" aria-labelledby="members">
          <h2 id="members">In your circle</h2>
          <ul className="user-list" aria-busy={pagination.loading} {...membersList}>
            {items.map((user) => (
              <UserRow key={user.uuid} user={user} action={<CircleButton handle={user.handle} isMember />} />
            ))}
          </ul>
        </section>
      )}
      {pagination.cursor && (
        <MoreLink to={paths.circle({ cursor: pagination.cursor })} pagination={pagination}>
          More people
        </MoreLink>
      )}
    </Shell>
  )
}

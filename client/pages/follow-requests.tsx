import type { ActionFunctionArgs, LoaderFunctionArgs } from 'react-router'
import { useSearchParams } from 'react-router'
import { useApi, useViewer } from '../app-context.tsx'
import { PageHead } from '../components/layout/page/PageHead.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { FollowRequestButtons } from '../components/user/FollowRequestButtons.tsx'
import { UserRow } from '../components/user/UserRow.tsx'
import { useRowFocus } from '../components/user/use-row-focus.ts'
import { redirectPath, runButtonAction } from '../forms/button-action.ts'
import { field } from '../forms/field.ts'
import { formIn } from '../forms/form.ts'
import { useList } from '../queries/cache/use-list.ts'
import { answerFollowRequest } from '../queries/users/followers.ts'
import { followRequestsQuery } from '../queries/users/user-lists.ts'
import { requireSignedIn } from '../routing/guards.ts'
import { loaderContextOf } from '../routing/loader-context.ts'
import { paths } from '../routing/paths.ts'
import { ButtonLink } from '../ui/button/ButtonLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { MoreLink } from '../ui/MoreLink.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  const start = new URL(request.url).searchParams.get('cursor')
  // Not from the cache: the viewer has just seen the count, so the list must match it.
  await queries.fetchInfiniteQuery(followRequestsQuery(api, start))
  return null
}

/** Accepts or declines a request, by the form's `accept`. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const form = await formIn(request)
  return runButtonAction(queries, redirectPath(form, paths.followRequests()), () =>
    answerFollowRequest({ api, queries }, field(form, 'handle'), field(form, 'accept') === 'true'),
  )
}

/** Page that lists requests to follow the viewer. */
export function Component() {
  const [search] = useSearchParams()
  const { items, pagination } = useList(followRequestsQuery(useApi(), search.get('cursor')))
  const list = useRowFocus(items.length)
  return (
    <Shell viewer={useViewer()} current="follow-requests">
      <PageHead />
      <PageTitle>Follow requests</PageTitle>
      {items.length === 0 ? (
        <EmptyState
          actions={
            <ButtonLink look="quiet" href={`${paths.settings()}#followers`}>
              Change it in the settings
            </ButtonLink>
          }
        >
          Nobody is waiting. Whether people have to ask before they follow you is up to you.
        </EmptyState>
      ) : (
        <ul className="user-list wide" aria-busy={pagination.loading} {...list}>
          {items.map((user) => (
            <UserRow key={user.uuid} user={user} action={<FollowRequestButtons handle={user.handle} />} />
          ))}
        </ul>
      )}
      {pagination.cursor && (
        <MoreLink to={paths.followRequests(pagination.cursor)} pagination={pagination}>
          More people
        </MoreLink>
      )}
    </Shell>
  )
}

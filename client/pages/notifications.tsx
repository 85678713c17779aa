import { useQuery } from '@tanstack/react-query'
import {
  type ActionFunctionArgs,
  Form,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useSearchParams,
} from 'react-router'
import { useApi, useViewer } from '../app-context.tsx'
import { unreadText } from '../components/layout/nav/unread-count.tsx'
import { PageHead } from '../components/layout/page/PageHead.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { NotificationList } from '../components/notification/NotificationList.tsx'
import { useMarkNotificationsRead } from '../components/notification/use-mark-notifications-read.ts'
import { redirectPath } from '../forms/button-action.ts'
import { field } from '../forms/field.ts'
import { failureIn, formIn, runForm } from '../forms/form.ts'
import { useList } from '../queries/cache/use-list.ts'
import { markRead, notificationsQuery } from '../queries/notifications/notifications.ts'
import { unreadNotificationsQuery } from '../queries/notifications/unread-counts.ts'
import { requireSignedIn } from '../routing/guards.ts'
import { paths } from '../routing/paths.ts'
import { formErrors } from '../texts/form-errors.ts'
import { Button } from '../ui/button/Button.tsx'
import { FormError } from '../ui/form/FormError.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  const start = new URL(request.url).searchParams.get('cursor')
  // Not from the cache: the viewer has just seen the unread count, so the list must match it.
  await queries.fetchInfiniteQuery(notificationsQuery(api, start))
  return null
}

/**
 * Marks notifications as read, without script, and redirects to the one that was opened, if any. A GET must not do that, since
 * browsers prefetch pages.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  const form = await formIn(request)
  return runForm(form, async () => {
    await markRead(api, queries, field(form, 'up_to'))
    return redirect(redirectPath(form, paths.notifications()), 303)
  })
}

/** The notifications page. */
export function Component() {
  const viewer = useViewer()
  const api = useApi()
  const [search] = useSearchParams()
  const start = search.get('cursor')
  const { items, pagination } = useList(notificationsQuery(api, start))
  const { data: unread } = useQuery({ ...unreadNotificationsQuery(api), enabled: false })
  const waiting = unread?.follow_requests ?? 0
  const failure = failureIn(useActionData())
  const [newest] = items
  useMarkNotificationsRead({ notifications: items, isTop: start === null, hasMore: pagination.cursor !== null })
  return (
    <Shell viewer={viewer} current="notifications">
      <PageHead />
      <div className="notifications-top">
        <PageTitle>Notifications</PageTitle>
        {newest && (unread?.count ?? 0) > 0 && (
          <Form method="post" action={paths.notifications()}>
            <input type="hidden" name="up_to" value={newest.uuid} />
            <Button small look="quiet">
              Mark all as read
            </Button>
          </Form>
        )}
      </div>
      <FormError sentences={formErrors(failure?.errors, [])} />
      {waiting > 0 && (
        <a className="more-link" href={paths.followRequests()}>
          {waiting === 1 ? '1 person asks to follow you' : `${unreadText(waiting)} people ask to follow you`}
        </a>
      )}
      <NotificationList notifications={items} pagination={pagination} />
    </Shell>
  )
}

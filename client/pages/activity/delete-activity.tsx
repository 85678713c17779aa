import { useSuspenseQuery } from '@tanstack/react-query'
import {
  type ActionFunctionArgs,
  Form,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useNavigation,
  useParams,
} from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { ActivityCard } from '../../components/activity/card/ActivityCard.tsx'
import { describeDeletionImpact } from '../../components/activity/deletion-impact.ts'
import { TickingList } from '../../components/activity/feed/TickingList.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { ignoreStatus, read } from '../../net/api.ts'
import { activityQuery, deletionImpactQuery } from '../../queries/activities/activities.ts'
import { removeActivity } from '../../queries/cache/remove-activity.ts'
import { sessionQuery } from '../../queries/users/session.ts'
import { requireOwn, requireSignedIn } from '../../routing/guards.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  const { uuid = '' } = params
  const own = requireOwn(queries.ensureQueryData(activityQuery(api, uuid)), queries.ensureQueryData(sessionQuery(api)))
  // Not from the cache: replies come and go. Only the author may read it (else 404); the page answers others with the 403 of `own`.
  const impact = queries.fetchQuery({ ...deletionImpactQuery(api, uuid), staleTime: 0 })
  await Promise.all([own, impact.catch((error) => own.then(() => Promise.reject(error)))])
  return null
}

/** Deletes the activity. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const { uuid = '' } = params
  return runForm(await formIn(request), async () => {
    // 410: already deleted, by a double click or in another tab.
    await read(api.activities[':uuid'].$delete({ param: { uuid } })).catch(ignoreStatus(410))
    removeActivity(queries, uuid)
    return redirect(paths.home(), 303)
  })
}

/** Page that asks before deleting an activity, and says what is deleted with it. */
export function Component() {
  const viewer = useViewer()
  const { uuid = '' } = useParams()
  const api = useApi()
  const { data: activity } = useSuspenseQuery(activityQuery(api, uuid))
  const { data: impact } = useSuspenseQuery(deletionImpactQuery(api, uuid))
  const failure = failureIn(useActionData())
  const { formAction } = useNavigation()
  return (
    <Shell viewer={viewer}>
      <PageHead />
      <PageTitle back={paths.activity(activity)}>Delete this crud?</PageTitle>
      <TickingList className="feed">
        <ActivityCard activity={activity} viewer={viewer} />
      </TickingList>
      <Form className="confirmation" method="post" action={paths.deleteActivity(activity)}>
        <FormError sentences={formErrors(failure?.errors, [])} />
        <p>{describeDeletionImpact(impact)}</p>
        <div className="buttons">
          <Button look="danger" pending={formAction === paths.deleteActivity(activity)}>
            Delete now
          </Button>
          <ButtonLink look="quiet" href={paths.activity(activity)}>
            Keep it
          </ButtonLink>
        </div>
      </Form>
    </Shell>
  )
}

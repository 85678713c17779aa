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
import { WHO_CAN_REPLY, type WhoCanReply } from '../../../worker/contract/audience.ts'
import { useApi, useViewer } from '../../app-context.tsx'
import { ActivityCard } from '../../components/activity/card/ActivityCard.tsx'
import { TickingList } from '../../components/activity/feed/TickingList.tsx'
import { AUDIENCE_LABELS } from '../../components/audience/audience-labels.ts'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { activityQuery } from '../../queries/activities/activities.ts'
import { setWhoCanReply } from '../../queries/activities/who-can-reply.ts'
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
  const reading = queries.ensureQueryData(activityQuery(api, params.uuid ?? ''))
  await requireOwn(reading, queries.ensureQueryData(sessionQuery(api)))
  const activity = await reading
  // The author of a thread's root decides who may reply.
  if (activity.reply_to_activity_uuid) throw redirect(paths.activity(activity))
  return null
}

/** Sets who may reply from now on. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const tools = loaderContextOf(context)
  const form = await formIn(request)
  return runForm(form, async () => {
    const changed = await setWhoCanReply(tools, params.uuid ?? '', field(form, 'who_can_reply') as WhoCanReply)
    return redirect(paths.activity(changed), 303)
  })
}

/** Page where an author sets who may reply to an activity from now on. */
export function Component() {
  const viewer = useViewer()
  const { uuid = '' } = useParams()
  const { data: activity } = useSuspenseQuery(activityQuery(useApi(), uuid))
  const failure = failureIn(useActionData())
  const { formAction } = useNavigation()
  const path = paths.whoCanReply(activity)
  return (
    <Shell viewer={viewer}>
      <PageHead />
      <PageTitle back={paths.activity(activity)}>Who can reply?</PageTitle>
      <TickingList className="feed">
        <ActivityCard activity={activity} viewer={viewer} />
      </TickingList>
      <Form className="confirmation" method="post" action={path}>
        <FormError sentences={formErrors(failure?.errors, [])} />
        <fieldset className="choices">
          <legend>This applies to new replies. Those already there stay.</legend>
          {WHO_CAN_REPLY.map((who) => (
            <label key={who}>
              <input type="radio" name="who_can_reply" value={who} defaultChecked={who === activity.who_can_reply} />
              {AUDIENCE_LABELS[who]}
            </label>
          ))}
        </fieldset>
        <div className="buttons">
          <Button pending={formAction === path}>Save</Button>
          <ButtonLink look="quiet" href={paths.activity(activity)}>
            Cancel
          </ButtonLink>
        </div>
      </Form>
    </Shell>
  )
}

import type { Activity } from '../../../worker/contract/activity.ts'
import type { WhoCanReply } from '../../../worker/contract/audience.ts'
import { read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { updateActivity } from '../cache/cached-activities.ts'

/** Sets who may reply from now on to an activity of the viewer's. Returns the changed activity. */
export async function setWhoCanReply(
  { api, queries }: Pick<LoaderContext, 'api' | 'queries'>,
  uuid: string,
  who_can_reply: WhoCanReply,
): Promise<Activity> {
  const changed = await read(api.activities[':uuid'].$patch({ param: { uuid }, json: { who_can_reply } }))
  updateActivity(queries, uuid, (activity) => ({ ...activity, who_can_reply: changed.who_can_reply }))
  return changed
}

import { activityQuery } from '../../../queries/activities/activities.ts'
import { updateActivity } from '../../../queries/cache/cached-activities.ts'
import type { LoaderContext } from '../../../routing/loader-context.ts'

/** Fetches new URLs for an activity's images, which expire after one to two hours, and updates each cached copy of the activity. */
export async function refreshImageUrls(
  { api, queries }: Pick<LoaderContext, 'api' | 'queries'>,
  uuid: string,
): Promise<void> {
  const { images } = await queries.fetchQuery({ ...activityQuery(api, uuid), staleTime: 0 })
  updateActivity(queries, uuid, (activity) => ({ ...activity, images }))
}

import { activityQuery } from '../../../queries/activities/activities.ts'
import { updateActivity } from '../../../queries/cache/cached-activities.ts'
import type { LoaderContext } from '../../../routing/loader-context.ts'

/** Reads the addresses of an activity's images again: on a page that has been open for hours they have ended. */
export async function refreshImageUrls(
  { api, queries }: Pick<LoaderContext, 'api' | 'queries'>,
  uuid: string,
): Promise<void> {
  const { images } = await queries.fetchQuery({ ...activityQuery(api, uuid), staleTime: 0 })
  updateActivity(queries, uuid, (activity) => ({ ...activity, images }))
}

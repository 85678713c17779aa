import type { Image } from '../../../../worker/contract/image.ts'
import { activityQuery } from '../../../queries/activities/activities.ts'
import { updateActivity } from '../../../queries/cache/cached-activities.ts'
import type { LoaderContext } from '../../../routing/loader-context.ts'

/** Fetches and returns an activity's images with new URLs, which expire after one to two hours. Updates each cached copy of the activity. */
export async function refreshImageUrls(
  { api, queries }: Pick<LoaderContext, 'api' | 'queries'>,
  uuid: string,
): Promise<Image[]> {
  const { images } = await queries.fetchQuery({ ...activityQuery(api, uuid), staleTime: 0 })
  updateActivity(queries, uuid, (activity) => ({ ...activity, images }))
  return images
}

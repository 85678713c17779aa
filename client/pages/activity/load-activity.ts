import type { LoaderFunctionArgs } from 'react-router'
import { redirect } from 'react-router'
import type { Activity, ActivityWithAncestors } from '../../../worker/contract/activity.ts'
import { ApiError } from '../../net/api.ts'
import { activityQuery, userActivitiesQuery } from '../../queries/activities/activities.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { type ActivityRef, paths } from '../../routing/paths.ts'

const onServer = typeof document === 'undefined'

/** Whether the API answered 410: the activity has expired or was deleted. */
const isExpired = (error: unknown) => error instanceof ApiError && error.status === 410

/** The activity that an expired one was rewritten to, if the API names it. */
function replacementIn(error: unknown): ActivityRef | undefined {
  const replacement = error instanceof ApiError ? error.data.errors[0]?.replaced_by : undefined
  return replacement && { uuid: replacement.uuid, user: { handle: replacement.handle } }
}

/**
 * Returns the activity that a page's URL names. `pathOf` builds the page's canonical path.
 * @throws a redirect to the activity that replaced it, or to the canonical path; ApiError 404, 410
 */
export async function loadActivity(
  { params, context }: Pick<LoaderFunctionArgs, 'params' | 'context'>,
  pathOf: (activity: Activity) => string,
): Promise<ActivityWithAncestors> {
  const { api, queries } = loaderContextOf(context)
  const handle = handleParam(params.at_handle)
  const activity = await queries
    .ensureQueryData(activityQuery(api, params.uuid ?? ''))
    .catch(async (error: unknown) => {
      const replacement = replacementIn(error)
      if (replacement) throw redirect(paths.activity(replacement), 302)
      // The page of an expired activity shows its author's live ones. That takes a second round trip, on this page only.
      if (onServer && isExpired(error)) {
        await queries.prefetchInfiniteQuery(userActivitiesQuery(api, handle, 'cruds', null))
      }
      throw error
    })
  if (activity.user.handle !== handle.toLowerCase()) throw redirect(pathOf(activity), 301)
  return activity
}

/** Returns the Sunset header (RFC 8594) of an activity's page: its URL answers 410 from the expiry on. */
export const sunsetHeaders = ({ expires_at }: Activity) => ({ sunset: new Date(expires_at).toUTCString() })

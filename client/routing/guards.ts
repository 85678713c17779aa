import { type LoaderFunctionArgs, redirect } from 'react-router'
import type { Activity } from '../../worker/contract/activity.ts'
import type { Session } from '../../worker/contract/session.ts'
import { ApiError } from '../net/api.ts'
import { loaderContextOf } from './loader-context.ts'
import { paths } from './paths.ts'

/**
 * Returns the loader context of a signed-in viewer; redirects others to sign-in and back.
 * @throws ApiError 503 if Cognito is unreachable, so that the session is unknown.
 */
export async function requireSignedIn({ request, context }: Pick<LoaderFunctionArgs, 'request' | 'context'>) {
  const loading = loaderContextOf(context)
  if (await loading.isSignedIn()) return loading
  if (await loading.isIdentityDown()) {
    throw new ApiError(503, { errors: [{ code: 'identity_unavailable' }], request_id: '' })
  }
  const { pathname, search } = new URL(request.url)
  throw redirect(paths.signIn(pathname + search))
}

/** Checks that the viewer is the author of an activity. @throws ApiError 403 for others. */
export async function requireOwn(
  activity: Promise<Activity>,
  session: Promise<Pick<Session, 'viewer'>>,
): Promise<void> {
  const [{ user }, { viewer }] = await Promise.all([activity, session])
  if (viewer?.uuid !== user.uuid) throw new ApiError(403, { errors: [{ code: 'not_yours' }], request_id: '' })
}

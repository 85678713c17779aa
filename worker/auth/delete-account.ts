import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import { deleteAccount, noteCognitoAccountDeleted } from '../models/deleted-accounts.ts'
import type { PurgeTarget } from '../models/purge-targets.ts'
import { readSessionState } from '../models/sessions.ts'
import { showOwnProfile } from '../models/users.ts'
import { reportError } from '../observe/report.ts'
import type { Viewer } from '../viewer.ts'
import * as cognito from './cognito/cognito.ts'
import { mapRefusals } from './cognito/map-refusals.ts'
import { requireSession } from './require.ts'
import { tryOwnPassword } from './throttle/throttle.ts'
import { verifyAccessToken } from './tokens/tokens.ts'

/**
 * Deletes the viewer's account after checking the password: hides it in Postgres, which cannot be undone, then deletes it at
 * Cognito. Returns the pages to purge from the edge cache.
 * @throws AppError password_wrong, too_many_requests, identity_unavailable, session_ended
 */
export async function deleteOwnAccount(
  context: RequestContext,
  password: string,
): Promise<{ handle: string; purgeTargets: PurgeTarget[] }> {
  const { settings, db } = context
  const { viewer, accessToken } = await requireSession(context)
  const { handle } = await showOwnProfile(db, viewer)
  const { email } = await mapRefusals(cognito.getUser(settings, accessToken), {
    NotAuthorizedException: { code: 'session_ended' },
    UserNotFoundException: { code: 'session_ended' },
  })
  const fresh = await tryOwnPassword(context, viewer.sub, () => checkPassword(context, viewer, String(email), password))
  const purgeTargets = await deleteAccount(db, viewer, handle, settings.secretKey)
  await deleteAtCognito(context, fresh)
  return { handle, purgeTargets }
}

/** Checks the password by signing in. Returns the new access token. @throws AppError password_wrong, session_ended */
async function checkPassword(
  context: RequestContext,
  viewer: Viewer,
  email: string,
  password: string,
): Promise<string> {
  try {
    const { AccessToken } = await mapRefusals(cognito.signIn(context.settings, email, password), {
      NotAuthorizedException: { code: 'password_wrong', field: 'password' },
      UserNotFoundException: { code: 'password_wrong', field: 'password' },
    })
    const proved = await verifyAccessToken(context.settings, AccessToken)
    if (proved.sub !== viewer.sub) throw new AppError([{ code: 'password_wrong', field: 'password' }])
    return AccessToken
  } catch (error) {
    const isWrong = error instanceof AppError && error.has('password_wrong')
    // If a concurrent request deleted the account, every password is wrong.
    if (isWrong && (await readSessionState(context.db, viewer)) === 'deleted') throw new AppError('session_ended')
    throw error
  }
}

/** Deletes a hidden account at Cognito. A failure is reported only: the account cannot sign in, and each sign-in retries. */
export async function deleteAtCognito(context: RequestContext, accessToken: string): Promise<void> {
  try {
    const viewer = await verifyAccessToken(context.settings, accessToken)
    await cognito.deleteUser(context.settings, accessToken)
    await noteCognitoAccountDeleted(context.db, viewer)
  } catch (error) {
    reportError(error, context)
  }
}

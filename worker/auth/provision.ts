import { AppError } from '../contract/app-error.ts'
import { displayName, handle as handleSchema } from '../contract/user.ts'
import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { isReserved } from '../models/handles.ts'
import { findOrCreateUser, type Identity } from '../models/sessions.ts'
import { getUser } from './cognito/cognito.ts'
import { mapRefusals } from './cognito/map-refusals.ts'
import type { RequestSession } from './session.ts'

/** Returns a user's identity from Cognito's attributes or the claims of an id token. */
export function toIdentity(sub: string, attributes: Record<string, unknown>): Identity {
  const parsedHandle = handleSchema.safeParse(attributes.preferred_username)
  const parsedName = displayName.safeParse(attributes.name)
  // Clients can set Cognito's attribute without our validation, so ignore reserved handles.
  const handle = parsedHandle.success && !isReserved(parsedHandle.data) ? parsedHandle.data : null
  return {
    sub,
    email: String(attributes.email ?? ''),
    handle,
    display_name: parsedName.success ? parsedName.data : (handle ?? 'Somebody new'),
  }
}

/**
 * Returns the identity of the session's user from Cognito.
 * @throws AppError session_ended if the token was revoked; password_reset_required.
 */
export async function identityOf(env: Env, { viewer, accessToken }: RequestSession): Promise<Identity> {
  if (!viewer || !accessToken) throw new AppError('unauthorized')
  const attributes = await mapRefusals(getUser(env, accessToken), {
    NotAuthorizedException: { code: 'session_ended' },
    UserNotFoundException: { code: 'session_ended' },
  })
  return toIdentity(viewer.sub, attributes)
}

/**
 * Creates the row of a user who has a valid token but no row yet, such as a Bearer client.
 * @throws AppError handle_required if Cognito's handle is missing, malformed or taken.
 */
export async function provision(env: Env, session: RequestSession): Promise<void> {
  const identity = await identityOf(env, session)
  if (!session.viewer) throw new AppError('unauthorized')
  // A separate Db: the request's Db is in the middle of a batch that waits for this.
  const db = new Db({ databaseUrl: env.databaseUrl, neonEndpoint: env.neonEndpoint })
  const state = await findOrCreateUser(db, env.secretKey, session.viewer, identity)
  if (state === 'unknown') throw new AppError('handle_required')
  if (state === 'ended' || state === 'deleted') throw new AppError('session_ended')
}

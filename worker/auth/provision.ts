import { AppError } from '../contract/app-error.ts'
import { displayName, handle as handleSchema } from '../contract/user.ts'
import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { isReserved } from '../models/handles.ts'
import { findOrMake, type Identity } from '../models/sessions.ts'
import { getUser } from './cognito/cognito.ts'
import { asking } from './cognito/cognito-errors.ts'
import type { Session } from './session.ts'

/** A person as Cognito's attributes or an id token's claims describe them. */
export function toIdentity(sub: string, attributes: Record<string, unknown>): Identity {
  const wanted = handleSchema.safeParse(attributes.preferred_username)
  const named = displayName.safeParse(attributes.name)
  // Cognito's attribute can be set past our own forms, so a handle of ours counts as none.
  const handle = wanted.success && !isReserved(wanted.data) ? wanted.data : null
  return {
    sub,
    email: String(attributes.email ?? ''),
    handle,
    display_name: named.success ? named.data : (handle ?? 'Somebody new'),
  }
}

/**
 * What Cognito knows of the session's person.
 * @throws AppError session_ended when it has revoked the token, password_reset_required.
 */
export async function identityOf(env: Env, { viewer, accessToken }: Session): Promise<Identity> {
  if (!viewer || !accessToken) throw new AppError('unauthorized')
  const attributes = await asking(getUser(env, accessToken), {
    NotAuthorizedException: { code: 'session_ended' },
    UserNotFoundException: { code: 'session_ended' },
  })
  return toIdentity(viewer.sub, attributes)
}

/**
 * Makes the row of a person who comes with a good token but was never seen here, such as a Bearer client.
 * @throws AppError handle_required when Cognito's handle is missing, malformed or taken.
 */
export async function provision(env: Env, session: Session): Promise<void> {
  const identity = await identityOf(env, session)
  if (!session.viewer) throw new AppError('unauthorized')
  // A connection of its own: the request's is in the middle of the batch that waits for this.
  const db = new Db({ databaseUrl: env.databaseUrl, neonEndpoint: env.neonEndpoint })
  const standing = await findOrMake(db, env.secretKey, session.viewer, identity)
  if (standing === 'unknown') throw new AppError('handle_required')
  if (standing === 'ended' || standing === 'deleted') throw new AppError('session_ended')
}

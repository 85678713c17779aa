import { CognitoError } from '../auth/cognito/cognito-call.ts'
import { unseal } from '../auth/cookies/seal.ts'
import { revoke } from '../auth/tokens/revoke.ts'
import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { pendingRevocations, settleRevocation } from '../models/revocations.ts'

/** Limit of refresh tokens per run. */
const BATCH = 250

/**
 * Revokes the refresh tokens of ended sessions at Cognito, where that failed at sign-out. Runs for about `maxMs` milliseconds;
 * the next run continues. A token that was sealed with another key is deleted without revoking it.
 * @throws Cognito's first error. An outage or a wrong setting ends the run; other errors skip the token.
 */
export async function revokeSessions(env: Env, maxMs: number): Promise<void> {
  const { databaseUrl, neonEndpoint } = env
  const db = new Db({ databaseUrl, neonEndpoint })
  const startedAt = Date.now()
  let failure: CognitoError | undefined
  for (const { hash, sealed_refresh_token } of await pendingRevocations(db, BATCH)) {
    if (Date.now() - startedAt > maxMs) break
    const token = await unseal(env, sealed_refresh_token, hash)
    try {
      if (token === undefined) await settleRevocation(db, hash, false)
      else await revoke(env, db, hash, token)
    } catch (error) {
      if (!(error instanceof CognitoError)) throw error
      failure ??= error
    }
  }
  if (failure) throw failure
}

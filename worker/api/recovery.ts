import * as cognito from '../auth/cognito/cognito.ts'
import { ignoreRefusals, mapRefusals } from '../auth/cognito/map-refusals.ts'
import { rememberSignIn } from '../auth/cookies/device.ts'
import { clearWrongPasswords, sendCode, tryCode } from '../auth/throttle/throttle.ts'
import { verifyAccessToken } from '../auth/tokens/tokens.ts'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { ErrorItem } from '../contract/error.ts'
import { emailOnly, recovery as recoveryBody } from '../contract/session.ts'
import { newApp } from '../hono-env.ts'
import { closeSockets } from '../live/nudge.ts'
import { emailHash, noteReset } from '../models/password-resets.ts'
import { endAllSessions } from '../models/sessions.ts'
import { recovered } from '../observe/events.ts'
import { reportError } from '../observe/report.ts'
import { describe } from './describe.ts'
import { body } from './validate.ts'

const codeWrong: ErrorItem = { code: 'code_wrong', field: 'code' }

/** Routes of /api/session/recover: sets a new password with a mailed code. */
export const recovery = newApp()
  .post(
    '/recover',
    describe({
      summary: 'Mail a code to set a new password',
      answers: { 204: null },
      errors: ['account_locked_briefly', 'identity_misconfigured'],
    }),
    body(emailOnly),
    async (c) => {
      const { email } = c.req.valid('json')
      await sendCode(c.env, email, (isKnown) => ignoreRefusals(cognito.forgotPassword(c.env.settings, email), isKnown))
      return c.body(null, 204)
    },
  )
  .post(
    '/recover/confirm',
    describe({
      summary: 'Set a new password by a mailed code',
      answers: { 204: null },
      errors: ['code_used_up', 'account_locked_briefly', 'identity_misconfigured', 'bad_request'],
    }),
    body(recoveryBody),
    async (c) => {
      const { email, code, password } = c.req.valid('json')
      const setPassword = () =>
        mapRefusals(cognito.confirmForgotPassword(c.env.settings, email, code, password), {
          NotAuthorizedException: codeWrong,
          UserNotFoundException: codeWrong,
          UserNotConfirmedException: codeWrong,
          // Cognito returns this only for existing accounts without a code: it would reveal that the account exists.
          ExpiredCodeException: codeWrong,
          // Limits per account would also reveal that the account exists.
          LimitExceededException: codeWrong,
          TooManyFailedAttemptsException: codeWrong,
        })
      await tryCode(c.env, 'recoveryCode', email, setPassword)
      recovered(c.env)
      const finishing = finishRecovery(c.env, email, password)
      c.env.waitUntil(finishing)
      await finishing
      return c.body(null, 204)
    },
  )

/**
 * Clears the account's pending password reset and ends all its sessions. Failures are reported only: the new password is set
 * already.
 */
async function finishRecovery(context: RequestContext, email: string, password: string): Promise<void> {
  const { settings, db } = context
  const report = (cause: unknown) => reportError(new AppError('internal', { cause }), context)
  await noteReset(db, await emailHash(settings.secretKey, email)).catch(report)
  // An intruder may be signed in to the account.
  await endSessionsOfAccount(context, email, password).catch(report)
}

/** Ends all sessions of the account, clears its count of wrong passwords, and makes this browser a known device. */
async function endSessionsOfAccount(context: RequestContext, email: string, password: string): Promise<void> {
  const { settings, db } = context
  const { AccessToken } = await cognito.signIn(settings, email, password)
  const viewer = await verifyAccessToken(settings, AccessToken)
  const { sub } = viewer
  const [ended] = await Promise.all([
    endAllSessions(db, viewer),
    clearWrongPasswords(context, { sub }),
    cognito.globalSignOut(settings, AccessToken),
  ])
  closeSockets(context, ended?.user_uuid, {})
  if (ended) await rememberSignIn(context, email, { sub, since: ended.known_since })
}

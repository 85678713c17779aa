import * as cognito from '../auth/cognito.ts'
import { asking } from '../auth/refusals.ts'
import { requireSession, requireUser } from '../auth/require.ts'
import { clearedCookies } from '../auth/session.ts'
import { takeUpSession, toSessionBody } from '../auth/sign-in.ts'
import { verifyAccessToken } from '../auth/tokens.ts'
import { beginTries, countSignUp, sendCode, tryCode, tryPassword } from '../auth/tries.ts'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { ErrorItem } from '../contract/error.ts'
import { confirmation, emailOnly, passwordChange, recovery, type Session, signIn, signUp } from '../contract/session.ts'
import { handle } from '../contract/user.ts'
import type { Env } from '../env.ts'
import { newApp } from '../hono-env.ts'
import { limitDoors } from '../middleware/rate-limits.ts'
import { forget, QUOTAS } from '../models/attempts.ts'
import { assertHandleFree } from '../models/handles.ts'
import { endAllSessions, endOwnSessions, standingOf } from '../models/sessions.ts'
import {
  changedPassword,
  confirmed,
  endedAllSessions,
  recovered,
  signedIn,
  signedOut,
  signedUp,
} from '../observe/events.ts'
import { reportError } from '../observe/report.ts'
import { body } from './validate.ts'

const codeWrong: ErrorItem = { code: 'code_wrong', field: 'code' }

/** /api/session: who one is. Answers never carry a token: browsers get cookies, API clients ask Cognito. */
export const session = newApp()
  .use(limitDoors)
  .get('/', async (c) => {
    const { viewer, bearer } = await c.env.session()
    if (!viewer) return c.json<Session>({ viewer: null }, 200)
    // Here too a Bearer token counts or is refused, and whoever comes with their first one is made a person.
    if (bearer) c.env.db.require(viewer)
    const standing = await standingOf(c.env.db, viewer).catch(unlessWithoutHandle)
    if (standing !== 'ended' && standing !== 'departed') return c.json<Session>(toSessionBody(standing), 200)
    c.env.endSession()
    return c.json<Session>({ viewer: null }, 200)
  })
  .post('/', body(signIn), async (c) => {
    const { email, password, new_password } = c.req.valid('json')
    const open = () => asking(cognito.signIn(c.env.env, email, password, new_password))
    const taken = await takeUpSession(c.env, () => tryPassword(c.env, email, open))
    signedIn(c.env)
    return c.json<Session>(taken, 200)
  })
  .delete('/', async (c) => {
    const { env, setCookies } = c.env
    const { refreshToken } = await c.env.session()
    // Out is out: when Cognito cannot be told, the cookies go all the same.
    if (refreshToken) await cognito.revokeToken(env, refreshToken).catch(() => {})
    setCookies.push(...clearedCookies())
    signedOut(c.env)
    return c.body(null, 204)
  })
  .delete('/all', requireUser, async (c) => {
    const { accessToken } = await requireSession(c.env)
    const { env, db, setCookies } = c.env
    // Ours first: it works at once, while tokens verify on until they run out.
    await endOwnSessions(db, c.var.viewer).catch(unlessWithoutHandle)
    setCookies.push(...clearedCookies())
    await cognito.globalSignOut(env, accessToken).catch(ignoreRevoked)
    endedAllSessions(c.env)
    return c.body(null, 204)
  })
  .put('/password', requireUser, body(passwordChange), async (c) => {
    const { accessToken } = await requireSession(c.env)
    const { env, db } = c.env
    const next = c.req.valid('json')
    const { email } = await asking(cognito.getUser(env, accessToken), {
      NotAuthorizedException: { code: 'session_ended' },
    })
    await tryPassword(c.env, c.var.viewer.sub, async () => {
      await asking(cognito.changePassword(env, accessToken, next.current, next.new), {
        NotAuthorizedException: { code: 'password_wrong', field: 'current' },
        InvalidPasswordException: { code: 'password_weak', field: 'new' },
      })
      // Ends the others: all sessions end, ours first, and this person gets a new one. The password is new by now, so
      // when ours cannot be ended, the others must at least have nothing to refresh with.
      await endAllSessions(db, c.var.viewer).finally(() => cognito.globalSignOut(env, accessToken).catch(ignoreRevoked))
    })
    changedPassword(c.env)
    const open = () => asking(cognito.signIn(env, String(email), next.new))
    return c.json<Session>(await takeUpSession(c.env, open), 200)
  })
  .post('/sign-up', body(signUp, takenHandle), async (c) => {
    const { db } = c.env
    const person = c.req.valid('json')
    await assertHandleFree(db, c.env.env.secretKey, person.handle)
    await countSignUp(c.env)
    const { email } = person
    const isBegun = await sendCode(c.env, 'confirmationCode', email, () => begin(c.env.env, person))
    if (!isBegun) signedUp(c.env)
    const begun: { email: string; begun_before?: true } = isBegun ? { email, begun_before: true } : { email }
    return c.json(begun, 201)
  })
  .post('/confirm', body(confirmation), async (c) => {
    const { env } = c.env
    const { email, code, begun_before } = c.req.valid('json')
    const confirm = () =>
      asking(cognito.confirmSignUp(env, email, code), {
        NotAuthorizedException: codeWrong,
        UserNotFoundException: codeWrong,
      })
    const cognitoSession = await tryCode(c.env, 'confirmationCode', email, confirm)
    confirmed(c.env)
    if (begun_before) {
      await quietly(cognito.forgotPassword(env, email))
      await beginTries(c.env, 'recoveryCode', email)
    }
    if (!cognitoSession || begun_before) return c.json<Session>({ viewer: null }, 200)
    const open = () => asking(cognito.signInConfirmed(env, email, cognitoSession))
    try {
      return c.json<Session>(await takeUpSession(c.env, open), 200)
    } catch (error) {
      // Confirmed is confirmed; a pool without this flow lets them sign in by hand.
      if (error instanceof AppError && error.status < 500) return c.json<Session>({ viewer: null }, 200)
      throw error
    }
  })
  .post('/resend', body(emailOnly), async (c) => {
    const { email } = c.req.valid('json')
    await sendCode(c.env, 'confirmationCode', email, () => quietly(cognito.resendConfirmationCode(c.env.env, email)))
    return c.body(null, 204)
  })
  .post('/recover', body(emailOnly), async (c) => {
    const { email } = c.req.valid('json')
    await sendCode(c.env, 'recoveryCode', email, () => quietly(cognito.forgotPassword(c.env.env, email)))
    return c.body(null, 204)
  })
  .post('/recover/confirm', body(recovery), async (c) => {
    const { email, code, password } = c.req.valid('json')
    const set = () =>
      asking(cognito.confirmForgotPassword(c.env.env, email, code, password), {
        NotAuthorizedException: codeWrong,
        UserNotFoundException: codeWrong,
        UserNotConfirmedException: codeWrong,
        // Cognito says this of an account that never asked for a code, and of no other: it would tell that there is one.
        ExpiredCodeException: codeWrong,
        // Limits of one account, which an address without one does not have.
        LimitExceededException: codeWrong,
        TooManyFailedAttemptsException: codeWrong,
      })
    await tryCode(c.env, 'recoveryCode', email, set)
    recovered(c.env)
    // Whoever recovers an account may not be the only one who is signed in to it.
    await endOthers(c.env, email, password)
    return c.body(null, 204)
  })

/**
 * Signs up. Answers whether the address had been signed up before and never confirmed: that goes on with a new code.
 * @throws AppError email_taken for a confirmed one.
 */
async function begin(env: Env, person: Parameters<typeof cognito.signUp>[1]): Promise<boolean> {
  try {
    await cognito.signUp(env, person)
    return false
  } catch (error) {
    if (!cognito.isCognitoError(error, 'UsernameExistsException')) await asking(Promise.reject(error))
    await asking(cognito.resendConfirmationCode(env, person.email), {
      InvalidParameterException: { code: 'email_taken', field: 'email' },
    })
    return true
  }
}

/**
 * Ends every session of a person whose password is known, and forgets which were tried in them. The new password stands even
 * if this cannot be done now.
 */
async function endOthers(context: RequestContext, email: string, password: string): Promise<void> {
  const { env, db } = context
  try {
    const { AccessToken } = await cognito.signIn(env, email, password)
    const { viewer } = await verifyAccessToken(env, AccessToken)
    const tries = forget(db, { quota: QUOTAS.password, subject: viewer.sub })
    await Promise.all([endAllSessions(db, viewer), tries, cognito.globalSignOut(env, AccessToken)])
  } catch (error) {
    reportError(new AppError('internal', { cause: error }), context)
  }
}

/** Calls whose answer must not tell whether the account exists. */
async function quietly(call: Promise<void>): Promise<void> {
  await call.catch((error) => {
    if (!(error instanceof cognito.CognitoError)) throw error
  })
}

/** Whoever has no handle yet has a session all the same, and nothing here. */
function unlessWithoutHandle(error: unknown): 'unknown' {
  if (error instanceof AppError && error.has('handle_required')) return 'unknown'
  throw error
}

/** A token that was revoked already ends nothing more. */
function ignoreRevoked(error: unknown): void {
  if (!cognito.isCognitoError(error, 'NotAuthorizedException')) throw error
}

/** What is wrong with the handle of a sign-up that is refused for something else. */
async function takenHandle({ db, env }: RequestContext, value: unknown): Promise<ErrorItem[]> {
  const wanted = handle.safeParse((value as { handle?: unknown } | null)?.handle)
  if (!wanted.success) return []
  try {
    await assertHandleFree(db, env.secretKey, wanted.data)
    return []
  } catch (error) {
    if (error instanceof AppError && error.has('handle_taken')) return error.items
    throw error
  }
}

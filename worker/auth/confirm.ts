import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { ErrorItem } from '../contract/error.ts'
import type { Session } from '../contract/session.ts'
import type { Env } from '../env.ts'
import { addMark, emailHash, proveMark, removeMark } from '../models/password-resets.ts'
import { confirmed } from '../observe/events.ts'
import { reportError } from '../observe/report.ts'
import * as cognito from './cognito/cognito.ts'
import { ignoreRefusals, mapRefusals } from './cognito/map-refusals.ts'
import { rememberCodeRequest } from './cookies/device.ts'
import { forgetSignUp, readSignUp } from './cookies/sign-up-cookie.ts'
import { startSession } from './sign-in.ts'
import { tryCode, tryPassword } from './throttle/throttle.ts'
import { readClaims } from './tokens/tokens.ts'

/** Input of a confirmation. `password` only if the browser lacks the cookie of the sign-up. */
export type Confirmation = { email: string; code: string; password?: string | undefined }

/** Errors after which the email is surely unconfirmed. After others, such as a Lambda trigger's, it may be confirmed. */
const REFUSALS = [
  'AliasExistsException',
  'CodeMismatchException',
  'ExpiredCodeException',
  'ForbiddenException',
  'InvalidParameterException',
  'LimitExceededException',
  'NotAuthorizedException',
  'ResourceNotFoundException',
  'TooManyFailedAttemptsException',
  'UserNotFoundException',
]

const codeWrong: ErrorItem = { code: 'code_wrong', field: 'code' }

/** Errors that only existing accounts get: answered like a wrong code, so that they do not reveal the account. */
const AS_WRONG_CODE = {
  AliasExistsException: codeWrong,
  LimitExceededException: codeWrong,
  NotAuthorizedException: codeWrong,
  TooManyFailedAttemptsException: codeWrong,
  UserNotFoundException: codeWrong,
}

/**
 * Confirms an email and signs its owner in. Someone else may have signed up with this email and know the password. So the
 * account is marked for a password reset before Cognito confirms it; the mark is lifted only by proof of the sign-up: this
 * browser's cookie, or the password, checked after the code.
 * @throws AppError password_reset_required without proof: the email is confirmed, and a recovery code is mailed.
 */
export async function confirmAndSignIn(context: RequestContext, confirmation: Confirmation): Promise<Session> {
  const { email, code, password } = confirmation
  const signedUp = await readSignUp(context, email)
  const marked = await tryCode(context, 'confirmationCode', email, () => confirmMarked(context, email, code, signedUp))
  confirmed(context)
  try {
    return signedUp
      ? await signInBySession(context, email, signedUp, marked)
      : await signInByPassword(context, email, password, marked)
  } catch (error) {
    if (error instanceof AppError && error.has('password_reset_required')) await mailRecoveryCode(context, email)
    throw error
  }
}

/** The uuid of a confirmed account's reset mark, and Cognito's Session for signing in. */
type MarkedConfirmation = { mark: string; session: string | undefined }

/** Marks the account and confirms it. Removes the mark if Cognito refuses; keeps it if the outcome is unknown. */
async function confirmMarked(
  context: RequestContext,
  email: string,
  code: string,
  signedUp: cognito.SignedUp | undefined,
): Promise<MarkedConfirmation> {
  const { settings, db } = context
  const mark = await addMark(db, await emailHash(settings.secretKey, email), signedUp?.sub ?? null)
  const confirming = confirmWithFallback(settings, email, code, signedUp?.session).catch(async (error: unknown) => {
    if (isRefusal(error)) await removeMark(db, mark).catch((failure: AppError) => reportError(failure, context))
    throw error
  })
  return { mark, session: await mapRefusals(confirming, AS_WRONG_CODE) }
}

/** Confirms without the sign-up's Session if that has expired: it lives for minutes, the code for a day. */
async function confirmWithFallback(env: Env, email: string, code: string, session: string | undefined) {
  try {
    return await cognito.confirmSignUp(env, email, code, session)
  } catch (error) {
    if (!session || !cognito.isCognitoError(error, 'NotAuthorizedException', 'InvalidParameterException')) throw error
    return cognito.confirmSignUp(env, email, code, undefined)
  }
}

const isRefusal = (error: unknown): boolean =>
  cognito.isCognitoError(error, ...REFUSALS) || (error instanceof AppError && error.has('too_many_requests'))

async function signInBySession(
  context: RequestContext,
  email: string,
  { sub }: cognito.SignedUp,
  { mark, session }: MarkedConfirmation,
): Promise<Session> {
  await proveMark(context.db, mark, sub)
  await forgetSignUp(context)
  if (!session) return { viewer: null }
  return startSessionIfAllowed(context, () => mapRefusals(cognito.signInConfirmed(context.settings, email, session)))
}

async function signInByPassword(
  context: RequestContext,
  email: string,
  password: string | undefined,
  { mark }: MarkedConfirmation,
): Promise<Session> {
  if (!password) throw new AppError('password_reset_required')
  const tokens = await tryPassword(context, email, () =>
    mapRefusals(cognito.signIn(context.settings, email, password)),
  ).catch((cause: unknown) => {
    throw new AppError('password_reset_required', { cause })
  })
  await proveMark(context.db, mark, String(readClaims(tokens.IdToken).sub))
  return startSessionIfAllowed(context, async () => tokens)
}

/** Starts a session; a refusal returns no viewer, since the email is confirmed and the user can sign in by form. */
async function startSessionIfAllowed(context: RequestContext, open: () => Promise<cognito.Tokens>): Promise<Session> {
  try {
    return await startSession(context, open)
  } catch (error) {
    const isRefused = error instanceof AppError && error.status < 500 && !error.has('password_reset_required')
    if (isRefused) return { viewer: null }
    throw error
  }
}

/** Mails a recovery code. A failure is reported only: the email is confirmed, and the page can send another code. */
async function mailRecoveryCode(context: RequestContext, email: string): Promise<void> {
  await ignoreRefusals(cognito.forgotPassword(context.settings, email)).catch((error: AppError) =>
    reportError(error, context),
  )
  await rememberCodeRequest(context, email)
}

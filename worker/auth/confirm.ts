import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { ErrorItem } from '../contract/error.ts'
import type { Session } from '../contract/session.ts'
import type { Env } from '../env.ts'
import { addMark, emailHash, proveMark, removeMark } from '../models/password-resets.ts'
import { confirmed } from '../observe/events.ts'
import { reportError } from '../observe/report.ts'
import * as cognito from './cognito/cognito.ts'
import { asking, quietly } from './cognito/cognito-errors.ts'
import { rememberAsking } from './cookies/device.ts'
import { forgetSignUp, readSignUp } from './cookies/sign-up-cookie.ts'
import { takeUpSession } from './sign-in.ts'
import { tryCode, tryPassword } from './throttle/throttle.ts'
import { readClaims } from './tokens/tokens.ts'

/** What somebody confirms with; the password only where the browser lacks the cookie of signing up. */
export type Confirmation = { email: string; code: string; password?: string | undefined }

/** By these Cognito tells that it confirmed nothing. After any other error, such as one of a trigger, it may have. */
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

/** Answers that only addresses with an account get: none may differ from a wrong code. */
const ALIKE = {
  AliasExistsException: codeWrong,
  LimitExceededException: codeWrong,
  NotAuthorizedException: codeWrong,
  TooManyFailedAttemptsException: codeWrong,
  UserNotFoundException: codeWrong,
}

/**
 * Confirms an address and signs its owner in. Somebody else may have signed it up and know the password, so the account is
 * marked before Cognito confirms it, and opens only to who proves the sign-up: by the cookie of this browser, or by the
 * password, which is tried once the code was right.
 * @throws AppError password_reset_required without proof: the address is confirmed, and a code to set a new password is mailed.
 */
export async function confirmAndSignIn(context: RequestContext, confirmation: Confirmation): Promise<Session> {
  const { email, code, password } = confirmation
  const signedUp = await readSignUp(context, email)
  const attempt = await tryCode(context, 'confirmationCode', email, () => confirmMarked(context, email, code, signedUp))
  confirmed(context)
  try {
    return signedUp
      ? await signInBySession(context, email, signedUp, attempt)
      : await signInByPassword(context, email, password, attempt)
  } catch (error) {
    if (error instanceof AppError && error.has('password_reset_required')) await mailRecoveryCode(context, email)
    throw error
  }
}

/** The mark of an attempt that succeeded, and the Session by which Cognito signs the person in. */
type Attempt = { mark: string; session: string | undefined }

/** A mark goes when Cognito refuses; when nobody knows what it did, the mark stays. */
async function confirmMarked(
  context: RequestContext,
  email: string,
  code: string,
  signedUp: cognito.SignedUp | undefined,
): Promise<Attempt> {
  const { env, db } = context
  const mark = await addMark(db, await emailHash(env.secretKey, email), signedUp?.sub ?? null)
  const confirming = confirm(env, email, code, signedUp?.session).catch(async (error: unknown) => {
    if (isRefusal(error)) await removeMark(db, mark).catch((failure: AppError) => reportError(failure, context))
    throw error
  })
  return { mark, session: await asking(confirming, ALIKE) }
}

/** The Session of signing up lives for minutes and the code for a day, so an old one must not spoil a good code. */
async function confirm(env: Env, email: string, code: string, session: string | undefined) {
  try {
    return await cognito.confirmSignUp(env, email, code, session)
  } catch (error) {
    const isOld = session && cognito.isCognitoError(error, 'NotAuthorizedException', 'InvalidParameterException')
    if (!isOld) throw error
    return cognito.confirmSignUp(env, email, code, undefined)
  }
}

const isRefusal = (error: unknown): boolean =>
  cognito.isCognitoError(error, ...REFUSALS) || (error instanceof AppError && error.has('too_many_requests'))

async function signInBySession(
  context: RequestContext,
  email: string,
  { sub }: cognito.SignedUp,
  { mark, session }: Attempt,
): Promise<Session> {
  await proveMark(context.db, mark, sub)
  await forgetSignUp(context)
  if (!session) return { viewer: null }
  return takeUpIfLetIn(context, () => asking(cognito.signInConfirmed(context.env, email, session)))
}

async function signInByPassword(
  context: RequestContext,
  email: string,
  password: string | undefined,
  { mark }: Attempt,
): Promise<Session> {
  if (!password) throw new AppError('password_reset_required')
  const tokens = await tryPassword(context, email, () => asking(cognito.signIn(context.env, email, password))).catch(
    (cause: unknown) => {
      throw new AppError('password_reset_required', { cause })
    },
  )
  await proveMark(context.db, mark, String(readClaims(tokens.IdToken).sub))
  return takeUpIfLetIn(context, async () => tokens)
}

/** Confirmed is confirmed: who is not let in signs in by hand, as does a client with a Bearer token, which gets no cookies. */
async function takeUpIfLetIn(context: RequestContext, open: () => Promise<cognito.Tokens>): Promise<Session> {
  try {
    return await takeUpSession(context, open)
  } catch (error) {
    const isRefused = error instanceof AppError && error.status < 500 && !error.has('password_reset_required')
    if (isRefused) return { viewer: null }
    throw error
  }
}

/** The address is confirmed whether or not the code can be mailed now; the page offers to send another. */
async function mailRecoveryCode(context: RequestContext, email: string): Promise<void> {
  await quietly(cognito.forgotPassword(context.env, email)).catch((error: AppError) => reportError(error, context))
  await rememberAsking(context, email)
}

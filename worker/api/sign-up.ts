import * as cognito from '../auth/cognito.ts'
import { asking, quietly } from '../auth/cognito-errors.ts'
import { takeUpSession } from '../auth/sign-in.ts'
import { countSignUp, sendCode, tryCode } from '../auth/throttle.ts'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { ErrorItem } from '../contract/error.ts'
import { confirmation, emailOnly, type Session, signUp as signUpBody } from '../contract/session.ts'
import { handle } from '../contract/user.ts'
import type { Env } from '../env.ts'
import { newApp } from '../hono-env.ts'
import { assertHandleFree } from '../models/handles.ts'
import { confirmed, signedUp } from '../observe/events.ts'
import { body } from './validate.ts'

const codeWrong: ErrorItem = { code: 'code_wrong', field: 'code' }

/** /api/session/sign-up, /confirm and /resend: making an account. */
export const signUp = newApp()
  .post('/sign-up', body(signUpBody, takenHandle), async (c) => {
    const { db } = c.env
    const person = c.req.valid('json')
    await assertHandleFree(db, c.env.env.secretKey, person.handle)
    await countSignUp(c.env)
    const { email } = person
    const isBegun = await sendCode(c.env, email, () => begin(c.env.env, person))
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
        // Limits of one account, which an address without one does not have.
        LimitExceededException: codeWrong,
        TooManyFailedAttemptsException: codeWrong,
      })
    const cognitoSession = await tryCode(c.env, 'confirmationCode', email, confirm)
    confirmed(c.env)
    if (begun_before) {
      await quietly(cognito.forgotPassword(env, email))
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
    await sendCode(c.env, email, (isKnown) => quietly(cognito.resendConfirmationCode(c.env.env, email), isKnown))
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

import * as cognito from '../auth/cognito/cognito.ts'
import { ignoreRefusals, mapRefusals } from '../auth/cognito/map-refusals.ts'
import { confirmAndSignIn } from '../auth/confirm.ts'
import { readSignUp, rememberSignUp } from '../auth/cookies/sign-up-cookie.ts'
import { countHandleCheck, countSignUp, sendCode } from '../auth/throttle/throttle.ts'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { ErrorItem } from '../contract/error.ts'
import {
  confirmation,
  confirmationNeeds,
  emailOnly,
  handleChoice,
  type Session,
  session as sessionBody,
  signedUp as signedUpBody,
  signUp as signUpBody,
} from '../contract/session.ts'
import { handle } from '../contract/user.ts'
import type { Env } from '../env.ts'
import { newApp } from '../hono-env.ts'
import { assertHandleFree } from '../models/handles.ts'
import { findTakenEmail } from '../models/users.ts'
import { signedUp } from '../observe/events.ts'
import { describe } from './describe.ts'
import { body, query } from './validate.ts'

/** Routes of /api/session/sign-up, /confirm and /resend: creates an account. */
export const signUp = newApp()
  .post(
    '/sign-up',
    describe({
      summary: 'Sign up; a code is mailed',
      answers: { 201: signedUpBody },
      errors: [
        'email_taken',
        'handle_reserved',
        'handle_taken',
        'identity_misconfigured',
        'bad_request',
        'sign_up_closed',
      ],
    }),
    body(signUpBody, takenFields),
    async (c) => {
      if (!c.env.settings.isSignUpOpen) throw new AppError('sign_up_closed')
      const { db } = c.env
      const person = c.req.valid('json')
      await assertHandleFree(db, c.env.settings.secretKey, person.handle).catch(async (error) => {
        if (!(error instanceof AppError)) throw error
        throw new AppError([...error.items, ...(await takenEmail(c.env, person.email))])
      })
      await countSignUp(c.env)
      const { email } = person
      const created = await sendCode(c.env, email, () => signUpOrResend(c.env.settings, person))
      if (created) {
        await rememberSignUp(c.env, email, created)
        signedUp(c.env)
      }
      return c.json({ email }, 201)
    },
  )
  .get(
    '/sign-up/handle',
    describe({
      summary: 'Check that a handle is free',
      answers: { 200: handleChoice },
      errors: ['handle_reserved', 'handle_taken'],
    }),
    query(handleChoice),
    async (c) => {
      const { handle } = c.req.valid('query')
      await countHandleCheck(c.env)
      await assertHandleFree(c.env.db, c.env.settings.secretKey, handle)
      return c.json({ handle }, 200)
    },
  )
  .get(
    '/confirm',
    describe({ summary: 'Whether confirming in this browser needs the password', answers: { 200: confirmationNeeds } }),
    query(emailOnly),
    async (c) => {
      const signedUpHere = await readSignUp(c.env, c.req.valid('query').email)
      return c.json({ password_needed: !signedUpHere }, 200)
    },
  )
  .post(
    '/confirm',
    describe({
      summary: 'Confirm one’s email and sign in',
      answers: { 200: sessionBody },
      errors: [
        'code_used_up',
        'account_locked_briefly',
        'password_reset_required',
        'credentials_wrong',
        'session_ended',
        'identity_misconfigured',
        'bad_request',
      ],
    }),
    body(confirmation),
    async (c) => {
      const confirming = confirmAndSignIn(c.env, c.req.valid('json'))
      // Finish if the client disconnects: otherwise the account would stay marked for a password reset.
      c.env.waitUntil(confirming.catch(() => {}))
      return c.json<Session>(await confirming, 200)
    },
  )
  .post(
    '/resend',
    describe({
      summary: 'Mail another code',
      answers: { 204: null },
      errors: ['account_locked_briefly', 'identity_misconfigured'],
    }),
    body(emailOnly),
    async (c) => {
      const { email } = c.req.valid('json')
      await sendCode(c.env, email, (isKnown) =>
        ignoreRefusals(cognito.resendConfirmationCode(c.env.settings, email), isKnown),
      )
      return c.body(null, 204)
    },
  )

/**
 * Signs up at Cognito. Returns undefined if the email was signed up before and is unconfirmed: it gets a new code, and only
 * the browser that signed up first can confirm without the password.
 * @throws AppError email_taken for a confirmed email.
 */
async function signUpOrResend(
  env: Env,
  person: Parameters<typeof cognito.signUp>[1],
): Promise<cognito.SignedUp | undefined> {
  try {
    return await cognito.signUp(env, person)
  } catch (error) {
    if (!cognito.isCognitoError(error, 'UsernameExistsException')) await mapRefusals(Promise.reject(error))
    await mapRefusals(cognito.resendConfirmationCode(env, person.email), {
      InvalidParameterException: { code: 'email_taken', field: 'email' },
    })
    return undefined
  }
}

/** Returns handle_taken and email_taken for an invalid sign-up body, so that the form shows all errors at once. */
async function takenFields(context: RequestContext, value: unknown): Promise<ErrorItem[]> {
  const parsed = emailOnly.safeParse(value)
  const [ofHandle, ofEmail] = await Promise.all([
    takenHandle(context, (value as { handle?: unknown } | null)?.handle),
    parsed.success ? takenEmail(context, parsed.data.email) : [],
  ])
  return [...ofHandle, ...ofEmail]
}

/** Returns email_taken if a user has the email. Counts as a look-up of a handle; over that limit it returns nothing. */
async function takenEmail(context: RequestContext, email: string): Promise<ErrorItem[]> {
  try {
    await countHandleCheck(context)
  } catch (error) {
    if (error instanceof AppError && error.has('too_many_requests')) return []
    throw error
  }
  return (await context.db.readOne(findTakenEmail, { email })) ? [{ code: 'email_taken', field: 'email' }] : []
}

async function takenHandle({ db, settings }: RequestContext, value: unknown): Promise<ErrorItem[]> {
  const parsed = handle.safeParse(value)
  if (!parsed.success) return []
  try {
    await assertHandleFree(db, settings.secretKey, parsed.data)
    return []
  } catch (error) {
    if (error instanceof AppError && (error.has('handle_taken') || error.has('handle_reserved'))) return error.items
    throw error
  }
}

import * as z from 'zod/mini'
import { EMAIL, EMAIL_MAX } from './email.ts'
import { PASSWORD_MAX, PASSWORD_MIN } from './limits.ts'
import type { Preferences } from './preferences.ts'
import { displayName, handle, type User } from './user.ts'

/**
 * Who am I; null signed out. With `handle_required` the person is signed in, but their handle was taken or missing:
 * PUT /api/profile/handle comes first. `follows_nobody`: their home feed is everyone's.
 */
export type Session = {
  viewer: User | null
  handle_required?: true
  follows_nobody?: boolean
  preferences?: Preferences
}

const email = z.pipe(
  z.pipe(
    z.string({ error: 'email_blank' }),
    z.transform((value) => value.trim().toLowerCase()),
  ),
  z
    .string()
    .check(
      z.minLength(1, { error: 'email_blank', abort: true }),
      z.maxLength(EMAIL_MAX, { error: 'email_invalid', abort: true }),
      z.regex(EMAIL, { error: 'email_invalid' }),
    ),
)

/** Passwords are never trimmed. */
const password = z
  .string({ error: 'password_blank' })
  .check(
    z.minLength(1, { error: 'password_blank', abort: true }),
    z.maxLength(PASSWORD_MAX, { error: 'password_weak' }),
  )

/** The pool's policy, checked here so that the person hears of it together with everything else. */
const newPassword = password.check(
  z.refine(
    (value) =>
      value.length >= PASSWORD_MIN &&
      value === value.trim() &&
      /[a-z]/.test(value) &&
      /[A-Z]/.test(value) &&
      /\d/.test(value) &&
      /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/.test(value),
    { error: 'password_weak' },
  ),
)

const code = z.pipe(
  z.pipe(
    z.string({ error: 'code_blank' }),
    z.transform((value) => value.replace(/\s/g, '')),
  ),
  z.string().check(z.minLength(1, { error: 'code_blank' }), z.maxLength(2048, { error: 'code_wrong' })),
)

export const signUp = z.object({ display_name: displayName, email, handle, password: newPassword })
/** `password`: that of signing up, from a browser that did not sign up. It proves that the account is this person's. */
export const confirmation = z.object({ email, code, password: z.optional(password) })
export const emailOnly = z.object({ email })
/** `new_password` answers Cognito's NEW_PASSWORD_REQUIRED, for accounts that an administrator made. */
export const signIn = z.object({ email, password, new_password: z.optional(newPassword) })
export const recovery = z.object({ email, code, password: newPassword })
export const passwordChange = z.object({ current: password, new: newPassword })
/** Deletes an account. */
export const accountDeletion = z.object({ password })
export const handleChoice = z.object({ handle })

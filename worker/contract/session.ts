import * as z from 'zod/mini'
import { EMAIL, EMAIL_MAX } from './email.ts'
import { PASSWORD_MAX, PASSWORD_MIN } from './limits.ts'
import { preferences } from './preferences.ts'
import { displayName, handle, user } from './user.ts'

/**
 * The session of a request; `viewer` is null when signed out. `handle_required`: signed in, but without a user's row, since Cognito's
 * handle was missing or taken: call PUT /api/profile/handle first. `follows_nobody`: the home page shows the feed of everyone.
 */
export const session = z.object({
  viewer: z.nullable(user),
  handle_required: z.exactOptional(z.literal(true)),
  follows_nobody: z.exactOptional(z.boolean()),
  preferences: z.exactOptional(preferences),
})
session.register(z.globalRegistry, { id: 'session' })
export type Session = z.infer<typeof session>

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

/** The pool's password policy, checked here so that the form shows this error together with all others. */
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
/** Response of a sign-up: the email that the code was sent to. */
export const signedUp = z.object({ email: z.string() })
/** `password_needed`: false in the browser that signed up. */
export const confirmationNeeds = z.object({ password_needed: z.boolean() })
/** `password`: needed in another browser than that of the sign-up, to prove that the account is the user's. */
export const confirmation = z.object({ email, code, password: z.optional(password) })
export const emailOnly = z.object({ email })
/** `new_password` answers Cognito's challenge NEW_PASSWORD_REQUIRED, for accounts made by an administrator. */
export const signIn = z.object({ email, password, new_password: z.optional(newPassword) })
export const recovery = z.object({ email, code, password: newPassword })
export const passwordChange = z.object({ current: password, new: newPassword })
/** Body of DELETE /api/profile. */
export const accountDeletion = z.object({ password })
export const handleChoice = z.object({ handle })

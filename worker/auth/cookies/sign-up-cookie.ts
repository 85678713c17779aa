import type { RequestContext } from '../../context.ts'
import { emailHash } from '../../models/password-resets.ts'
import type { SignedUp } from '../cognito/cognito.ts'
import { signedCookie } from './signed-cookies.ts'

const NAME = '__Host-sign-up'

/** Lifetime of Cognito's confirmation codes, in seconds. */
const MAX_AGE = 86_400

/** Length limit of the encoded value, in bytes: browsers reject cookies over 4,096 bytes, name and signature included. */
const VALUE_MAX = 3_900

/**
 * Sets the cookie that proves that this browser signed up the email. It holds Cognito's Session unencrypted: nobody can sign
 * in with that without the mailed code.
 */
export async function rememberSignUp(context: RequestContext, email: string, signedUp: SignedUp): Promise<void> {
  const proof = `${await emailHash(context.settings.secretKey, email)}.${signedUp.sub}.`
  const whole = proof + (signedUp.session ?? '')
  const value = encodeURIComponent(whole).length <= VALUE_MAX ? whole : proof
  context.setCookies.push(await signedCookie(context.settings, NAME, value, MAX_AGE))
}

/** Returns the account that this browser signed up with the email; undefined if it did not. */
export async function readSignUp(context: RequestContext, email: string): Promise<SignedUp | undefined> {
  const [hash, sub, ...rest] = (await context.signedCookie(NAME))?.split('.') ?? []
  if (!sub || hash !== (await emailHash(context.settings.secretKey, email))) return undefined
  const session = rest.join('.')
  return { sub, ...(session && { session }) }
}

export async function forgetSignUp(context: RequestContext): Promise<void> {
  context.setCookies.push(await signedCookie(context.settings, NAME, '', 0))
}

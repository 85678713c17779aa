import { PASSWORD_MIN } from '../../../worker/contract/limits.ts'

/** What a password must have, said before it is typed. */
export function PasswordRules() {
  return <>At least {PASSWORD_MIN} characters, with a small and a capital letter, a digit and a symbol.</>
}

import { PASSWORD_MIN } from '../../../worker/contract/limits.ts'

/** The password rules, as a field's hint. */
export function PasswordRules() {
  return <>At least {PASSWORD_MIN} characters, with a lowercase and an uppercase letter, a number and a symbol.</>
}

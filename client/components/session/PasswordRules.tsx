import { PASSWORD_MIN } from '../../../worker/contract/limits.ts'

/** The password rules, as a field's hint. */
export function PasswordRules() {
  return <>At least {PASSWORD_MIN} characters, with a small and a capital letter, a digit and a symbol.</>
}

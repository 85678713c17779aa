import type { SmokeOptions } from './check.ts'

/** Returns the test account of the environment, if it is set. */
export function accountFrom({
  SMOKE_EMAIL: email,
  SMOKE_PASSWORD: password,
}: NodeJS.ProcessEnv): Pick<SmokeOptions, 'account'> {
  return email && password ? { account: { email, password } } : {}
}

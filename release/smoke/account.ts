import type { SmokeOptions } from './check.ts'

/** The test account, if the environment names one. */
export function accountFrom({
  SMOKE_EMAIL: email,
  SMOKE_PASSWORD: password,
}: NodeJS.ProcessEnv): Pick<SmokeOptions, 'account'> {
  return email && password ? { account: { email, password } } : {}
}

import { expect } from 'vitest'
import type { ErrorCode } from '../../../worker/contract/error.ts'
import type { Answer, Client } from '../../harness/client.ts'
import type { Site } from '../../harness/site.ts'
import { expectErrors } from '../assertions/expect-answer.ts'
import { fromNetwork, newIp } from './networks.ts'

export const WRONG_PASSWORD = 'Wrong-2026!'
export const NEW_PASSWORD = 'Another-2027?'
/** No code that is mailed, but by a chance of one in a million. */
export const WRONG_CODE = '000000'

/** Guesses, and time for what counts them. */
export function guesses({ db, poolClock, actors }: Site) {
  const visitorFrom = (ip = newIp()): Client => fromNetwork(actors.visitor(), ip)
  return {
    /** A visitor from a network that nobody had before, or from the given one. */
    from: visitorFrom,

    /** The client IP of a network in which no unknown device may try this account's password any more. */
    async throttledIp(email: string): Promise<string> {
      const ip = newIp()
      await sequentially([1, 2, 3, 4, 5], () => signIn(visitorFrom(ip), email))
      return ip
    },

    /** Lets an hour's windows end, and no day's. */
    expireHourWindows: () =>
      db.sql(`update auth_attempts set ends_at = now() where ends_at < now() + interval '2 hours'`),

    /** Lets every window end. */
    expireAllWindows: () => db.sql(`update auth_attempts set ends_at = now() - interval '1 second'`),

    /** Lets Cognito's own lock end, which is of 15 minutes at most. */
    async pastCognitoLock<T>(act: () => Promise<T>): Promise<T> {
      poolClock.skew = 901_000
      try {
        return await act()
      } finally {
        poolClock.skew = 0
      }
    },
  }
}

export const signIn = (who: Client, email: string, password = WRONG_PASSWORD) =>
  who.post('/api/session', { email, password })

export const confirm = (who: Client, email: string, code = WRONG_CODE) =>
  who.post('/api/session/confirm', { email, code })

export const recover = (who: Client, email: string) => who.post('/api/session/recover', { email })

export const confirmRecovery = (who: Client, email: string, code = WRONG_CODE) =>
  who.post('/api/session/recover/confirm', { email, code, password: NEW_PASSWORD })

/** One after another: Cognito's answer to each is in before the next. */
export async function sequentially<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await act(item))
  return results
}

export function expectRateLimited(answer: Answer, policy: string, code: ErrorCode = 'too_many_requests'): void {
  expectErrors(answer, 429, [code])
  expect(answer.headers.get('ratelimit-policy')).toBe(policy)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
}

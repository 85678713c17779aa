import { expect } from 'vitest'
import type { ErrorCode } from '../../../worker/contract/error.ts'
import type { Answer, Client } from '../../harness/client.ts'
import type { Site } from '../../harness/site.ts'
import { expectErrors } from '../assertions/expect-answer.ts'
import { fromNetwork, newIp } from './networks.ts'

export const WRONG_PASSWORD = 'Wrong-2026!'
export const NEW_PASSWORD = 'Another-2027?'
/** A wrong code; a mailed one equals it once in a million. */
export const WRONG_CODE = '000000'

/** Clients that guess passwords and codes, and ways to let their throttle windows end. */
export function guesses({ db, poolClock, actors }: Site) {
  const visitorFrom = (ip = newIp()): Client => fromNetwork(actors.visitor(), ip)
  return {
    /** A visitor from a given client IP, or from a new one. */
    visitorFrom,

    /** A client IP from which unknown devices may no longer try this account's password. */
    async throttledIp(email: string): Promise<string> {
      const ip = newIp()
      await sequentially([1, 2, 3, 4, 5], () => signIn(visitorFrom(ip), email))
      return ip
    },

    /** Ends the windows of an hour, not those of a day. */
    expireHourWindows: () =>
      db.sql(`update auth_attempts set ends_at = now() where ends_at < now() + interval '2 hours'`),

    /** Ends all windows. */
    expireAllWindows: () => db.sql(`update auth_attempts set ends_at = now() - interval '1 second'`),

    /** Runs `act` when Cognito's own lock, of 15 minutes at most, is over. */
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

/** Runs `act` for each item, one after another. */
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

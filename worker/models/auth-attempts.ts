import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import type { ErrorCode } from '../contract/error.ts'
import type { Db } from '../db/client.ts'
import { writeFunction } from '../db/query.ts'
import { sha256, toHex } from '../digest.ts'

export const spendAuthAttempts = writeFunction({
  name: 'spend_auth_attempts',
  params: {
    hashes: 'text[]',
    maxima: 'integer[]',
    window_seconds: 'integer[]',
    slides: 'boolean[]',
    device_sub: 'text?',
    device_since: 'bigint?',
  },
  row: z.object({ count: z.number(), seconds_left: z.number() }),
})
export const settleAuthAttempts = writeFunction({
  name: 'settle_auth_attempts',
  params: { cleared: 'text[]', given_back: 'text[]' },
  row: z.object({}),
})

/**
 * Limits attempts to `max` within a window of `seconds`, which starts at the first attempt, or with `slides` at the last.
 * `code`: the error over the limit, too_many_requests by default.
 */
type Quota = { name: string; max: number; seconds: number; code?: ErrorCode; slides?: true }

const QUARTER_OF_AN_HOUR = 900
const HOUR = 3_600
const DAY = 86_400
/** A quota that only counts: the largest integer of Postgres. */
const NO_LIMIT = 2 ** 31 - 1

/** All quotas. Of attempts with passwords and codes, only failures stay counted. */
export const QUOTAS = {
  // One account, from one client IP.
  password: { name: 'password', max: 5, seconds: QUARTER_OF_AN_HOUR },
  code: { name: 'code', max: 5, seconds: QUARTER_OF_AN_HOUR, code: 'code_used_up' },
  sending: { name: 'sending', max: 3, seconds: HOUR },
  sendingOfDay: { name: 'sending-of-day', max: 10, seconds: DAY },
  // One account, from all unknown devices.
  guesses: { name: 'guesses', max: 100, seconds: DAY },
  sendingOfAccount: { name: 'sending-of-account', max: 30, seconds: DAY },
  recentPasswords: { name: 'recent-passwords', max: NO_LIMIT, seconds: QUARTER_OF_AN_HOUR, slides: true },
  recentCodes: { name: 'recent-codes', max: NO_LIMIT, seconds: HOUR, slides: true },
  // One account, from one known device.
  devicePassword: { name: 'device-password', max: 5, seconds: QUARTER_OF_AN_HOUR },
  devicePasswordOfDay: { name: 'device-password-of-day', max: 30, seconds: DAY },
  deviceSending: { name: 'device-sending', max: 3, seconds: HOUR },
  deviceSendingOfDay: { name: 'device-sending-of-day', max: 10, seconds: DAY },
  // One account, from one browser that is known or has requested a code.
  deviceCode: { name: 'device-code', max: 20, seconds: DAY },
  // One client IP, over all accounts.
  passwordsOfNetwork: { name: 'passwords-of-network', max: 60, seconds: QUARTER_OF_AN_HOUR },
  codesOfNetwork: { name: 'codes-of-network', max: 60, seconds: QUARTER_OF_AN_HOUR },
  sendingOfNetwork: { name: 'sending-of-network', max: 30, seconds: HOUR },
  handleChecksOfNetwork: { name: 'handle-checks-of-network', max: 100, seconds: HOUR },
  signUpsOfNetwork: { name: 'sign-ups-of-network', max: 10, seconds: HOUR },
} as const satisfies Record<string, Quota>

/** One attempt counted by one quota. `subject`: what it counts for, such as an account or a client IP. */
export type AuthAttempt = { quota: Quota; subject: string }

/** An account that a browser has signed in to. `since`: Unix time in seconds. */
export type KnownDevice = { sub: string; since: number }

/** Number of attempts by the quota's name. */
export type Counts = ReadonlyMap<string, number>

const hashOf = async ({ quota, subject }: AuthAttempt) => toHex(await sha256(`${quota.name}\n${subject.toLowerCase()}`))

/**
 * Counts an attempt before it is made, so that concurrent attempts cannot exceed the limit. Counts in all counters or in none:
 * otherwise refused attempts would use up the other limits. Returns null, without counting, if the account no longer knows the
 * device.
 * @throws AppError too_many_requests or the quota's own code, with the seconds until its window ends.
 */
export async function countAttempts(db: Db, attempts: AuthAttempt[], device?: KnownDevice): Promise<Counts | null> {
  const hashes = await Promise.all(attempts.map(hashOf))
  const spent = await db.write(spendAuthAttempts, {
    hashes,
    maxima: attempts.map(({ quota }) => quota.max),
    window_seconds: attempts.map(({ quota }) => quota.seconds),
    slides: attempts.map(({ quota: { slides = false } }) => slides),
    device_sub: device?.sub ?? null,
    device_since: device?.since ?? null,
  })
  const counted = attempts.flatMap(({ quota }, index) => (spent[index] ? [{ quota, ...spent[index] }] : []))
  if (counted.length < attempts.length) return null
  const exceeded = counted.filter(({ quota, count }) => count > quota.max)
  // If several limits are exceeded, report the longest wait.
  const [refusal] = exceeded.toSorted((a, b) => b.seconds_left - a.seconds_left)
  if (refusal) throw toRefusal(refusal.quota, refusal.seconds_left)
  return new Map(counted.map(({ quota, count }) => [quota.name, count]))
}

function toRefusal({ name, max, seconds, code = 'too_many_requests' }: Quota, secondsLeft: number): AppError {
  return new AppError(code, { retryAfter: Math.max(1, secondsLeft), policy: `"${name}";q=${max};w=${seconds}` })
}

/** Resets the counters in `clear`, and takes one attempt back from those in `giveBack`. */
export async function settleAttempts(
  db: Db,
  { clear = [], giveBack = [] }: { clear?: AuthAttempt[]; giveBack?: AuthAttempt[] },
): Promise<void> {
  const [cleared, given_back] = await Promise.all([Promise.all(clear.map(hashOf)), Promise.all(giveBack.map(hashOf))])
  await db.write(settleAuthAttempts, { cleared, given_back })
}

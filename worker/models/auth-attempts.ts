import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import type { ErrorCode } from '../contract/error.ts'
import type { Db } from '../db/client.ts'
import { writeFunction } from '../db/query.ts'
import { sha256, toHex } from '../digest.ts'

export const spendAll = writeFunction({
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
export const settleAll = writeFunction({
  name: 'settle_auth_attempts',
  params: { cleared: 'text[]', given_back: 'text[]' },
  row: z.object({}),
})

/**
 * So many tries in so many seconds, counted from the first, and the code that one too many is refused with. With `slides`
 * the window ends so long after the last try.
 */
type Quota = { name: string; max: number; seconds: number; code?: ErrorCode; slides?: true }

const QUARTER_OF_AN_HOUR = 900
const HOUR = 3_600
const DAY = 86_400
/** Counts and refuses nothing: the largest integer of Postgres. */
const NO_LIMIT = 2 ** 31 - 1

/** What may be tried how often. Of passwords and codes only failures stay counted. */
export const QUOTAS = {
  // Of one account, from one network.
  password: { name: 'password', max: 5, seconds: QUARTER_OF_AN_HOUR },
  code: { name: 'code', max: 5, seconds: QUARTER_OF_AN_HOUR, code: 'code_used_up' },
  sending: { name: 'sending', max: 3, seconds: HOUR },
  sendingOfDay: { name: 'sending-of-day', max: 10, seconds: DAY },
  // Of one account, from all devices that are not known.
  guesses: { name: 'guesses', max: 100, seconds: DAY },
  sendingOfAccount: { name: 'sending-of-account', max: 30, seconds: DAY },
  recentPasswords: { name: 'recent-passwords', max: NO_LIMIT, seconds: QUARTER_OF_AN_HOUR, slides: true },
  recentCodes: { name: 'recent-codes', max: NO_LIMIT, seconds: HOUR, slides: true },
  // Of one account, from one known device.
  devicePassword: { name: 'device-password', max: 5, seconds: QUARTER_OF_AN_HOUR },
  devicePasswordOfDay: { name: 'device-password-of-day', max: 30, seconds: DAY },
  deviceSending: { name: 'device-sending', max: 3, seconds: HOUR },
  deviceSendingOfDay: { name: 'device-sending-of-day', max: 10, seconds: DAY },
  // Of one account, from one browser that is known or has asked for a code.
  deviceCode: { name: 'device-code', max: 20, seconds: DAY },
  // Of one network, whatever the account.
  passwordsOfNetwork: { name: 'passwords-of-network', max: 60, seconds: QUARTER_OF_AN_HOUR },
  codesOfNetwork: { name: 'codes-of-network', max: 60, seconds: QUARTER_OF_AN_HOUR },
  sendingOfNetwork: { name: 'sending-of-network', max: 30, seconds: HOUR },
  handleChecksOfNetwork: { name: 'handle-checks-of-network', max: 100, seconds: HOUR },
  signUpsOfNetwork: { name: 'sign-ups-of-network', max: 10, seconds: HOUR },
} as const satisfies Record<string, Quota>

/** One try by one counter: `subject` is whom it counts for, such as an account or a network. */
export type AuthAttempt = { quota: Quota; subject: string }

/** An account that a browser has signed in to, and when: seconds since the epoch. */
export type KnownDevice = { sub: string; since: number }

/** How many tries each counter has now, by the name of its quota. */
export type Counts = ReadonlyMap<string, number>

const hashOf = async ({ quota, subject }: AuthAttempt) => toHex(await sha256(`${quota.name}\n${subject.toLowerCase()}`))

/**
 * Counts a try before it is made, so that tries made at the same time cannot slip through together. It counts in all its
 * counters or in none: otherwise refused tries would use up the rest. Returns null, and counts nothing, if the counters are
 * those of a device that is not known any more.
 * @throws AppError too_many_requests, or the quota's own code, with the seconds until its window ends.
 */
export async function spend(db: Db, attempts: AuthAttempt[], device?: KnownDevice): Promise<Counts | null> {
  const hashes = await Promise.all(attempts.map(hashOf))
  const spent = await db.write(spendAll, {
    hashes,
    maxima: attempts.map(({ quota }) => quota.max),
    window_seconds: attempts.map(({ quota }) => quota.seconds),
    slides: attempts.map(({ quota: { slides = false } }) => slides),
    device_sub: device?.sub ?? null,
    device_since: device?.since ?? null,
  })
  const counted = attempts.flatMap(({ quota }, i) => (spent[i] ? [{ quota, ...spent[i] }] : []))
  if (counted.length < attempts.length) return null
  const full = counted.filter(({ quota, count }) => count > quota.max)
  // Of several, the one to wait for longest.
  const [refusal] = full.toSorted((a, b) => b.seconds_left - a.seconds_left)
  if (refusal) throw toRefusal(refusal.quota, refusal.seconds_left)
  return new Map(counted.map(({ quota, count }) => [quota.name, count]))
}

function toRefusal({ name, max, seconds, code = 'too_many_requests' }: Quota, secondsLeft: number): AppError {
  return new AppError(code, { retryAfter: Math.max(1, secondsLeft), policy: `"${name}";q=${max};w=${seconds}` })
}

/** Lets counters begin anew, and takes a try back from others. */
export async function settle(
  db: Db,
  { clear = [], giveBack = [] }: { clear?: AuthAttempt[]; giveBack?: AuthAttempt[] },
): Promise<void> {
  const [cleared, given_back] = await Promise.all([Promise.all(clear.map(hashOf)), Promise.all(giveBack.map(hashOf))])
  await db.write(settleAll, { cleared, given_back })
}

import * as z from 'zod/mini'
import clearSql from '../../sql/queries/auth_attempts/clear.sql'
import giveBackSql from '../../sql/queries/auth_attempts/give_back.sql'
import refuseSql from '../../sql/queries/auth_attempts/refuse.sql'
import spendSql from '../../sql/queries/auth_attempts/spend.sql'
import { AppError } from '../contract/app-error.ts'
import type { ErrorCode } from '../contract/error.ts'
import type { Db } from '../db/client.ts'
import { query } from '../db/query.ts'
import { sha256, toHex } from '../digest.ts'
import { isKnown, type KnownDevice } from './known-devices.ts'

export const spendOne = query({
  name: 'auth_attempts/spend',
  text: spendSql,
  params: { hash: 'text', seconds: 'integer', slides: 'boolean' },
  row: z.object({ count: z.number(), seconds_left: z.number() }),
})
export const refuseAll = query({
  name: 'auth_attempts/refuse',
  text: refuseSql,
  params: { hashes: 'text[]', most: 'integer[]' },
  row: z.object({ hash: z.string() }),
})
export const giveOneBack = query({
  name: 'auth_attempts/give_back',
  text: giveBackSql,
  params: { hash: 'text' },
  row: z.object({}),
})
export const clearOne = query({
  name: 'auth_attempts/clear',
  text: clearSql,
  params: { hash: 'text' },
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
  signUpsOfNetwork: { name: 'sign-ups-of-network', max: 10, seconds: HOUR },
} as const satisfies Record<string, Quota>

/** One try by one counter: `subject` is whom it counts for, such as an account or a network. */
export type AuthAttempt = { quota: Quota; subject: string }

/** How many tries each counter has now, by the name of its quota. */
export type Counts = ReadonlyMap<string, number>

const hashOf = async ({ quota, subject }: AuthAttempt) => toHex(await sha256(`${quota.name}\n${subject.toLowerCase()}`))

/**
 * Counts a try before it is made, so that tries made at the same time cannot slip through together. It counts in all its
 * counters or in none: otherwise refused tries would use up the rest. Returns null, and the counts mean nothing, if they
 * are those of a device that is not known any more.
 * @throws AppError too_many_requests, or the quota's own code, with the seconds until its window ends.
 */
export async function spend(db: Db, attempts: AuthAttempt[], device?: KnownDevice): Promise<Counts | null> {
  const hashes = await Promise.all(attempts.map(hashOf))
  const knowing = device ? isKnown(db, device) : true
  const counting = attempts.map(({ quota: { seconds, slides = false } }, i) =>
    db.first(spendOne, { hash: hashes[i] ?? '', seconds, slides }),
  )
  // In the same batch, whose rows are locked until it ends: nobody sees what is about to be taken back.
  const refusing = db.many(refuseAll, { hashes, most: attempts.map(({ quota }) => quota.max) })
  const [stillKnown, spent] = await Promise.all([knowing, Promise.all(counting), refusing])
  if (!stillKnown) return null
  const counted = attempts.map(({ quota }, i) => ({ quota, ...(spent[i] ?? { count: 0, seconds_left: 0 }) }))
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
  // All hashes first, so that everything goes as one batch.
  const [cleared, givenBack] = await Promise.all([Promise.all(clear.map(hashOf)), Promise.all(giveBack.map(hashOf))])
  await Promise.all([
    ...cleared.map((hash) => db.many(clearOne, { hash })),
    ...givenBack.map((hash) => db.many(giveOneBack, { hash })),
  ])
}

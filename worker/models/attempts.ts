import * as z from 'zod/mini'
import forgetSql from '../../sql/queries/attempts/forget.sql'
import giveBackSql from '../../sql/queries/attempts/give_back.sql'
import refuseSql from '../../sql/queries/attempts/refuse.sql'
import spendSql from '../../sql/queries/attempts/spend.sql'
import { AppError } from '../contract/app-error.ts'
import type { ErrorCode } from '../contract/error.ts'
import type { Db } from '../db/client.ts'
import { query } from '../db/query.ts'
import { sha256, toHex } from '../digest.ts'

export const spendOne = query({
  name: 'attempts/spend',
  text: spendSql,
  params: { hash: 'text', seconds: 'integer' },
  row: z.object({ count: z.number(), seconds_left: z.number() }),
})
export const refuseAll = query({
  name: 'attempts/refuse',
  text: refuseSql,
  params: { hashes: 'text[]', most: 'integer[]' },
  row: z.object({ hash: z.string() }),
})
export const giveOneBack = query({
  name: 'attempts/give_back',
  text: giveBackSql,
  params: { hash: 'text' },
  row: z.object({}),
})
export const forgetAll = query({
  name: 'attempts/forget',
  text: forgetSql,
  params: { hash: 'text' },
  row: z.object({}),
})

/** So many tries in so many seconds, counted from the first, and the code that one too many is refused with. */
type Quota = { name: string; max: number; seconds: number; code?: ErrorCode }

const QUARTER_OF_AN_HOUR = 900
const HOUR = 3_600
const DAY = 86_400

/** What may be tried how often. Of passwords and codes only failures stay counted. */
export const QUOTAS = {
  password: { name: 'password', max: 5, seconds: QUARTER_OF_AN_HOUR },
  passwordsOfAddress: { name: 'passwords-of-address', max: 60, seconds: QUARTER_OF_AN_HOUR },
  confirmationCode: { name: 'confirmation-code', max: 5, seconds: DAY, code: 'code_used_up' },
  recoveryCode: { name: 'recovery-code', max: 5, seconds: DAY, code: 'code_used_up' },
  codesOfAddress: { name: 'codes-of-address', max: 60, seconds: QUARTER_OF_AN_HOUR },
  sending: { name: 'sending', max: 3, seconds: HOUR },
  sendingOfDay: { name: 'sending-of-day', max: 10, seconds: DAY },
  signUpsOfAddress: { name: 'sign-ups-of-address', max: 10, seconds: HOUR },
} as const satisfies Record<string, Quota>

/** One try of somebody: `subject` is whom it counts for, such as an email or an address. */
export type Attempt = { quota: Quota; subject: string }

const hashOf = async ({ quota, subject }: Attempt) => toHex(await sha256(`${quota.name}\n${subject.toLowerCase()}`))

/**
 * Counts tries before they are made, so that those made at the same time cannot slip through together. They are made
 * together or not at all: where one is refused, none counts. Otherwise what is refused would use up the rest.
 * @throws AppError too_many_requests, or the quota's own code, with the seconds until its window ends.
 */
export async function spend(db: Db, ...attempts: Attempt[]): Promise<void> {
  const hashes = await Promise.all(attempts.map(hashOf))
  const counting = attempts.map(({ quota }, i) => db.first(spendOne, { hash: hashes[i] ?? '', seconds: quota.seconds }))
  // In the same batch, whose rows are locked until it ends: nobody sees what is about to be taken back.
  const refusing = db.many(refuseAll, { hashes, most: attempts.map(({ quota }) => quota.max) })
  const [spent] = await Promise.all([Promise.all(counting), refusing])
  for (const [i, { quota }] of attempts.entries()) {
    const { name, max, seconds, code = 'too_many_requests' } = quota
    const { count = 0, seconds_left = 0 } = spent[i] ?? {}
    if (count <= max) continue
    throw new AppError(code, { retryAfter: Math.max(1, seconds_left), policy: `"${name}";q=${max};w=${seconds}` })
  }
}

/** Takes tries back that turned out to be no failures. */
export async function giveBack(db: Db, ...attempts: Attempt[]): Promise<void> {
  const hashes = await Promise.all(attempts.map(hashOf))
  await Promise.all(hashes.map((hash) => db.many(giveOneBack, { hash })))
}

/** Lets counting begin anew. */
export async function forget(db: Db, ...attempts: Attempt[]): Promise<void> {
  const hashes = await Promise.all(attempts.map(hashOf))
  await Promise.all(hashes.map((hash) => db.many(forgetAll, { hash })))
}

import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import type { Db } from '../db/client.ts'
import { writeFunction } from '../db/query.ts'
import { hmac, toHex } from '../digest.ts'

export const add = writeFunction({
  name: 'add_password_reset_mark',
  params: { email_hash: 'text', proved_sub: 'text?' },
  row: z.object({ uuid: z.string() }),
})
export const remove = writeFunction({
  name: 'remove_password_reset_mark',
  params: { mark_uuid: 'uuid' },
  row: z.object({}),
})
export const prove = writeFunction({
  name: 'prove_password_reset_mark',
  params: { mark_uuid: 'uuid', proved_sub: 'text' },
  row: z.object({}),
})
export const reset = writeFunction({
  name: 'note_password_reset',
  params: { email_hash: 'text' },
  row: z.object({}),
})

/** Identifies an email in tables and cookies; nobody without the key can try which address it is. */
export const emailHash = async (secretKey: string, email: string): Promise<string> =>
  toHex(await hmac(secretKey, `email\n${email.toLowerCase()}`))

/**
 * Marks the account of an email: until the mark is removed, proved or the password reset, nobody gets a session for it. Only
 * the account `provedSub` may.
 * @returns the uuid of the mark
 */
export async function addMark(db: Db, email_hash: string, provedSub: string | null): Promise<string> {
  const added = await db.writeOne(add, { email_hash, proved_sub: provedSub })
  if (!added) throw new AppError('internal')
  return added.uuid
}

/** Removes one attempt's mark; those of other attempts stay. */
export async function removeMark(db: Db, uuid: string): Promise<void> {
  await db.write(remove, { mark_uuid: uuid })
}

/** Opens the account to `provedSub`, whose owner has confirmed it. */
export async function proveMark(db: Db, uuid: string, provedSub: string): Promise<void> {
  await db.write(prove, { mark_uuid: uuid, proved_sub: provedSub })
}

/** Opens the account of an email to sessions that begin from now on. */
export async function noteReset(db: Db, email_hash: string): Promise<void> {
  await db.write(reset, { email_hash })
}

import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import type { Db } from '../db/client.ts'
import { writeFunction } from '../db/query.ts'
import { hmac, toHex } from '../digest.ts'

export const addPasswordResetMark = writeFunction({
  name: 'add_password_reset_mark',
  params: { email_hash: 'text', proved_sub: 'text?' },
  row: z.object({ uuid: z.string() }),
})
export const removePasswordResetMark = writeFunction({
  name: 'remove_password_reset_mark',
  params: { mark_uuid: 'uuid' },
  row: z.object({}),
})
export const provePasswordResetMark = writeFunction({
  name: 'prove_password_reset_mark',
  params: { mark_uuid: 'uuid', proved_sub: 'text' },
  row: z.object({}),
})
export const notePasswordReset = writeFunction({
  name: 'note_password_reset',
  params: { email_hash: 'text' },
  row: z.object({}),
})

/** Returns the HMAC that names an email in tables and cookies: without the key nobody can find out the email. */
export const emailHash = async (secretKey: string, email: string): Promise<string> =>
  toHex(await hmac(secretKey, `email\n${email.toLowerCase()}`))

/**
 * Marks the account of an email as due for a password reset: it gets no session until the mark is removed or proved, or the
 * password reset. The account `provedSub` is exempt.
 * @returns the uuid of the mark.
 */
export async function addMark(db: Db, email_hash: string, provedSub: string | null): Promise<string> {
  const added = await db.writeOne(addPasswordResetMark, { email_hash, proved_sub: provedSub })
  if (!added) throw new AppError('internal')
  return added.uuid
}

/** Removes a mark; other marks of the email stay. */
export async function removeMark(db: Db, uuid: string): Promise<void> {
  await db.write(removePasswordResetMark, { mark_uuid: uuid })
}

/** Exempts the account `provedSub` from a mark: its owner has proved the sign-up. */
export async function proveMark(db: Db, uuid: string, provedSub: string): Promise<void> {
  await db.write(provePasswordResetMark, { mark_uuid: uuid, proved_sub: provedSub })
}

/** Records a password reset: the account of the email may start sessions again. */
export async function noteReset(db: Db, email_hash: string): Promise<void> {
  await db.write(notePasswordReset, { email_hash })
}

import * as z from 'zod/mini'
import type { Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { handleHash } from './handles.ts'
import { type PurgeTarget, purgeTarget } from './purge-targets.ts'
import { expiredActivities, sweepBatch, sweepFunction } from './sweep.ts'

export const deleteAccountFunction = writeFunction({
  name: 'delete_account',
  params: { viewer_sub: 'text', handle_hash: 'text' },
  row: purgeTarget,
  requiresViewer: true,
  allowsSuspended: true,
})
export const noteCognitoAccountDeletedFunction = writeFunction({
  name: 'note_cognito_account_deleted',
  params: { sub: 'text' },
  row: z.object({}),
})
export const readAccountDeletions = readFunction({
  name: 'read_account_deletions',
  params: { page_size: 'integer' },
  row: z.object({ user_uuid: z.string(), avatar_key: z.nullable(z.string()) }),
})
export const noteDeletedAvatarRemoved = writeFunction({
  name: 'note_deleted_avatar_removed',
  params: { avatar_key: 'text' },
  row: z.object({}),
})

export const deletedActivities = sweepFunction('sweep_activities_of_deleted_accounts')
export const deletedReactions = sweepFunction('sweep_reactions_of_deleted_accounts')
export const deletedFollows = sweepFunction('sweep_follows_of_deleted_accounts')
export const deletedMessages = sweepFunction('sweep_messages_of_deleted_accounts')
export const deletedRelations = sweepFunction('sweep_relations_of_deleted_accounts')
export const deletedUsers = sweepFunction('sweep_deleted_users')
export const finishedDeletions = sweepFunction('finish_account_deletions')

/** Kinds of rows of deleted accounts, in the order of deletion. deletedActivities makes threads with replies expire, for expiredActivities. */
const SWEEPS = [
  deletedActivities,
  expiredActivities,
  deletedReactions,
  deletedFollows,
  deletedMessages,
  deletedRelations,
  deletedUsers,
  finishedDeletions,
]

/**
 * Hides the viewer's account and ends its sessions; sweepDeletedAccounts deletes its rows later. Returns the pages to purge.
 * @throws AppError session_ended if it was deleted already.
 */
export async function deleteAccount(
  db: Db,
  { sub }: Viewer,
  handle: string,
  secretKey: string,
): Promise<PurgeTarget[]> {
  return db.write(deleteAccountFunction, { viewer_sub: sub, handle_hash: await handleHash(secretKey, handle) })
}

/** Records that the account was deleted at Cognito. */
export async function noteCognitoAccountDeleted(db: Db, { sub }: Viewer): Promise<void> {
  await db.write(noteCognitoAccountDeletedFunction, { sub })
}

/** Returns deleted accounts that still have rows, each with an avatar to delete before its user's row. */
export const accountDeletions = (db: Db, limit: number) => db.read(readAccountDeletions, { page_size: limit })

export async function noteAvatarRemoved(db: Db, avatar_key: string): Promise<void> {
  await db.write(noteDeletedAvatarRemoved, { avatar_key })
}

/**
 * Deletes about `batchSize` rows of each kind of deleted accounts, users last. One transaction per kind, so that locks are
 * short. Returns the number of deleted rows; 0 if nothing can be deleted now.
 */
export async function sweepDeletedAccounts(db: Db, batchSize: number): Promise<number> {
  let deleted = 0
  for (const sweep of SWEEPS) deleted += await sweepBatch(db, sweep, batchSize)
  return deleted
}

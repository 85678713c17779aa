import * as z from 'zod/mini'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'
import { handleHash } from './handles.ts'
import { type PurgeTarget, purgeTarget } from './purge-targets.ts'
import { expiredActivities, sweepBatch, sweepFunction } from './sweep.ts'

export const deleteOne = writeFunction({
  name: 'delete_account',
  params: { viewer_sub: 'text', handle_hash: 'text' },
  row: purgeTarget,
  requiresViewer: true,
})
export const noteAtCognito = writeFunction({
  name: 'note_cognito_account_deleted',
  params: { sub: 'text' },
  row: z.object({}),
})
export const deletions = readFunction({
  name: 'read_account_deletions',
  params: { page_size: 'integer' },
  row: z.object({ user_uuid: z.string(), avatar_key: z.nullable(z.string()) }),
})
export const noteAvatar = writeFunction({
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

/** What deleted accounts have, in the order in which it can go. Threads with replies only expire here; the sweep of expired activities deletes them. */
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
 * Hides the viewer's account everywhere and ends its sessions; sweepDeletedAccounts deletes its rows. Returns whose
 * cached pages may still show them.
 * @throws AppError session_ended when it has been deleted already.
 */
export async function deleteAccount(
  db: Db,
  { sub }: Viewer,
  handle: string,
  secretKey: string,
): Promise<PurgeTarget[]> {
  return db.write(deleteOne, { viewer_sub: sub, handle_hash: await handleHash(secretKey, handle) })
}

/** Notes that Cognito has no account of this sub any more. */
export async function noteCognitoAccountDeleted(db: Db, { sub }: Viewer): Promise<void> {
  await db.write(noteAtCognito, { sub })
}

/** At most `limit` deleted accounts of which something is left, each with the avatar that is to be removed before they go. */
export const accountDeletions = (db: Db, limit: number) => db.read(deletions, { page_size: limit })

export async function noteAvatarRemoved(db: Db, avatar_key: string): Promise<void> {
  await db.write(noteAvatar, { avatar_key })
}

/**
 * Deletes about `batchSize` rows of each kind of what deleted accounts have, and at last their users. One kind after the other,
 * so that no lock is held for long. Returns how many rows went; 0: nothing is left that can go now.
 */
export async function sweepDeletedAccounts(db: Db, batchSize: number): Promise<number> {
  let deleted = 0
  for (const sweep of SWEEPS) deleted += await sweepBatch(db, sweep, batchSize)
  return deleted
}

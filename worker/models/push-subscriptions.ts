import * as z from 'zod/mini'
import type { PushSubscription } from '../contract/push.ts'
import type { Db } from '../db/client.ts'
import { writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'

export const savePushSubscriptionFunction = writeFunction({
  name: 'save_push_subscription',
  params: { viewer_sub: 'text', session_hash: 'text', endpoint: 'text', p256dh: 'text', auth: 'text' },
  row: z.object({}),
  requiresViewer: true,
  allowsSuspended: true,
})
export const deletePushSubscriptionFunction = writeFunction({
  name: 'delete_push_subscription',
  params: { viewer_sub: 'text', endpoint: 'text' },
  row: z.object({}),
  requiresViewer: true,
  allowsSuspended: true,
})
export const deleteGonePushSubscriptions = writeFunction({
  name: 'delete_gone_push_subscriptions',
  params: { subscription_uuids: 'uuid[]' },
  row: z.object({}),
})

/** Stores a browser's subscription, until the viewer's session ends. Idempotent. */
export async function savePushSubscription(
  db: Db,
  { sub, session_hash }: Viewer,
  { endpoint, keys }: PushSubscription,
): Promise<void> {
  await db.write(savePushSubscriptionFunction, { viewer_sub: sub, session_hash, endpoint, ...keys })
}

/** Deletes a subscription of the viewer's. Idempotent. */
export async function deletePushSubscription(db: Db, { sub }: Viewer, endpoint: string): Promise<void> {
  await db.write(deletePushSubscriptionFunction, { viewer_sub: sub, endpoint })
}

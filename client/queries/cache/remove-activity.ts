import type { QueryClient } from '@tanstack/react-query'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Notification } from '../../../worker/contract/notification.ts'
import { filterItems } from './cache-updates.ts'
import {
  ACTIVITY_LISTS,
  cachedActivities,
  countReplies,
  NOTIFICATION_LISTS,
  removeQueries,
} from './cached-activities.ts'

/** Removes a deleted activity and all replies below it, and subtracts one from its parent's reply count. */
export function removeActivity(queries: QueryClient, uuid: string): void {
  const deleted = new Set([uuid])
  const known = [...cachedActivities(queries)]
  // A reply may come before its parent: repeat until no more are found.
  for (let size = 0; size < deleted.size; ) {
    size = deleted.size
    for (const activity of known) if (deleted.has(activity.reply_to_activity_uuid ?? '')) deleted.add(activity.uuid)
  }
  const parent = known.find((activity) => activity.uuid === uuid)?.reply_to_activity_uuid
  if (parent) countReplies(queries, parent, -1)
  filterItems<Activity>(queries, ACTIVITY_LISTS, (activity) => !deleted.has(activity.uuid))
  filterItems<Notification>(queries, NOTIFICATION_LISTS, ({ activity }) => !activity || !deleted.has(activity.uuid))
  for (const each of deleted) {
    for (const key of ['activity', 'deletion_impact']) removeQueries(queries, [key, each])
    removeQueries(queries, ['activities', 'replies', each])
  }
  void queries.invalidateQueries({ queryKey: ['profile'] })
}

import type { Activity } from '../../../../worker/contract/activity.ts'

/** A reply with the replies below it that were loaded. */
export type ReplyNode = { activity: Activity; children: readonly ReplyNode[]; hasMore: boolean }

/**
 * Returns the replies to an activity as a tree, in the order of the list. `hasMore`: the activity has replies that the list does not
 * have. A reply without its parent in the list is left out: the parent was deleted or has expired.
 */
export function replyTree(uuid: string, replies: readonly Activity[]): ReplyNode[] {
  const byParent = Map.groupBy(replies, (reply) => reply.reply_to_activity_uuid)
  const childrenOf = (parent: string): ReplyNode[] =>
    (byParent.get(parent) ?? []).map((activity) => {
      const children = childrenOf(activity.uuid)
      return { activity, children, hasMore: activity.replies_count > children.length }
    })
  return childrenOf(uuid)
}

import type { Activity } from '../../../../worker/contract/activity.ts'
import { numberText } from '../../../ui/form/count-text.ts'

/**
 * Returns the title of the replies to an activity: "4 replies", with those below its replies if all of them are listed; else the
 * number that its card has. `hasNext`: the list has further pages.
 */
export function describeReplies(
  { uuid, replies_count }: Activity,
  listed: readonly Activity[],
  hasNext: boolean,
): string {
  const nested = listed.filter((reply) => reply.reply_to_activity_uuid !== uuid).length
  // The count may be older than the list.
  const direct = Math.max(replies_count, listed.length - nested)
  const isPartial = hasNext || nested < listed.reduce((sum, reply) => sum + reply.replies_count, 0)
  const count = isPartial ? direct : direct + nested
  return `${numberText(count)} ${count === 1 ? 'reply' : 'replies'}`
}

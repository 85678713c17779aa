import type { Activity } from '../../../../worker/contract/activity.ts'
import { numberText } from '../../../ui/form/count-text.ts'

/**
 * Returns the title of the replies to an activity: "1 reply", the number that its card has. If replies to replies are listed too, it
 * says so: "1 reply, and 4 more below it". `hasNext`: the list has further pages.
 */
export function describeReplies(
  { uuid, replies_count }: Activity,
  listed: readonly Activity[],
  hasNext: boolean,
): string {
  const nested = listed.filter((reply) => reply.reply_to_activity_uuid !== uuid).length
  // The count may be older than the list.
  const direct = Math.max(replies_count, listed.length - nested)
  const title = `${numberText(direct)} ${direct === 1 ? 'reply' : 'replies'}`
  if (nested === 0) return title
  const isPartial = hasNext || nested < listed.reduce((sum, reply) => sum + reply.replies_count, 0)
  return `${title}, and ${isPartial ? '' : `${numberText(nested)} `}more below ${direct === 1 ? 'it' : 'them'}`
}

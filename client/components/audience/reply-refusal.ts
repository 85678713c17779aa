import type { Activity } from '../../../worker/contract/activity.ts'

/** Returns why the viewer may not reply to an activity, as a sentence; null if they may, or have to sign in to find out. */
export function replyRefusal({ viewer, who_can_reply, reply_to_activity_uuid, user }: Activity): string | null {
  if (viewer ? viewer.can_reply : who_can_reply !== 'nobody') return null
  // The author of the root decides who may reply; a reply's card does not name them.
  const author = reply_to_activity_uuid ? 'whoever started the thread' : `@${user.handle}`
  switch (who_can_reply) {
    case 'nobody':
      return 'Replies are off.'
    case 'followers':
      return `Only followers of ${author} can reply.`
    case 'mentioned':
      return `Only people mentioned by ${author} can reply.`
    case 'everyone':
      return 'You can no longer see this thread.'
  }
}

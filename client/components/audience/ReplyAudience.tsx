import type { ActivityWithAncestors } from '../../../worker/contract/activity.ts'
import type { User } from '../../../worker/contract/user.ts'

/** Says who will see a reply to `parent`: the audience of the thread's root. Nothing if that is everyone. */
export function ReplyAudience({ parent, viewer }: { parent: ActivityWithAncestors; viewer: User }) {
  const { audience, ancestors } = parent
  if (audience === 'everyone') return null
  const author = (ancestors[0] ?? parent).user
  const isOwn = author.uuid === viewer.uuid
  const name = `@${author.handle}`
  const who = {
    followers: isOwn ? 'your followers' : `followers of ${name}`,
    circle: isOwn ? 'your circle' : `the circle of ${name}`,
    mentioned: isOwn ? 'the people you mentioned at the start' : `the people ${name} mentioned at the start`,
  }[audience]
  return <p className="soft reply-audience">Only {who} will see this, even if you mention others.</p>
}

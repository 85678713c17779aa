import { useMemo } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { paths } from '../../../routing/paths.ts'
import { ActivityCard } from '../card/ActivityCard.tsx'
import { useStableKeys } from '../feed/stable-keys.ts'
import { useWindows } from '../feed/windowing.ts'
import { type ReplyNode, replyTree } from './reply-tree.ts'

type RepliesProps = {
  /** The activity that is replied to. */
  uuid: string
  /** In thread order, to a depth of four. */
  replies: readonly Activity[]
  viewer: User | null
}

/** The replies to an activity, with the replies to them below and connected by lines (thread.css). In windows, as other lists. */
export function Replies({ uuid, replies, viewer }: RepliesProps) {
  const nodes = useMemo(() => replyTree(uuid, replies), [uuid, replies])
  const windows = useWindows(useStableKeys(useMemo(() => nodes.map(({ activity }) => activity), [nodes])))
  return windows.map(({ id, firstIndex, keys }) => (
    <div key={id} className="window">
      {nodes.slice(firstIndex, firstIndex + keys.length).map((node, i) => (
        <Reply key={keys[i]} node={node} viewer={viewer} />
      ))}
    </div>
  ))
}

function Reply({ node: { activity, children, hasMore }, viewer }: { node: ReplyNode; viewer: User | null }) {
  return (
    <div className="reply">
      <ActivityCard activity={activity} viewer={viewer} belowParent />
      {(hasMore || children.length > 0) && (
        <div className="nested">
          {children.map((child) => (
            <Reply key={child.activity.uuid} node={child} viewer={viewer} />
          ))}
          {hasMore && (
            <p className="more-replies">
              <a className="show-more" href={paths.inThread(activity)}>
                Show more replies
              </a>
            </p>
          )}
        </div>
      )}
    </div>
  )
}

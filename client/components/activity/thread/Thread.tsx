import { Fragment, type ReactNode } from 'react'
import type { Activity, ActivityWithAncestors } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import type { Pagination } from '../../../queries/cache/pagination.ts'
import { paths } from '../../../routing/paths.ts'
import { MoreLink } from '../../../ui/MoreLink.tsx'
import { ActivityCard } from '../card/ActivityCard.tsx'
import { Counts } from '../card/Counts.tsx'
import { PostedAt } from '../card/PostedAt.tsx'
import { ExpiredNote, UntilExpiry } from '../ExpiredNote.tsx'
import { TickingList } from '../feed/TickingList.tsx'
import { describeReplies } from './describe-replies.ts'
import { Replies } from './Replies.tsx'

type ThreadProps = {
  activity: ActivityWithAncestors
  /** In thread order (see `replyTree`). */
  replies: readonly Activity[]
  viewer: User | null
  /** Path of the next page of replies, if there is one. */
  nextPath?: string | null
  /** Loads the next page into this thread, with script (see `useList`). */
  pagination?: Pagination
  /** The reply form, between the activity and its replies. */
  children?: ReactNode
}

/** A thread: the ancestors of an activity, the activity in large, and its replies. */
export function Thread({ activity, replies, viewer, nextPath, pagination, children }: ThreadProps) {
  const { handle } = activity.user
  return (
    <>
      <TickingList className="feed">
        {[...activity.ancestors, activity].map((item, i, chain) => {
          const belowParent = item.reply_to_activity_uuid === (chain[i - 1]?.uuid ?? null)
          return (
            <Fragment key={item.uuid}>
              {!belowParent && <HiddenActivity />}
              {item === activity ? (
                <ActivityCard
                  activity={item}
                  viewer={viewer}
                  focal
                  belowParent={belowParent}
                  details={<PostedAt activity={item} viewer={viewer} />}
                  counts={<Counts activity={item} />}
                />
              ) : (
                <div className="ancestor">
                  <ActivityCard activity={item} viewer={viewer} belowParent={belowParent} />
                </div>
              )}
            </Fragment>
          )
        })}
        <ExpiredNote key={`${activity.uuid}-expired`} last={activity}>
          This crud has burnt out. <a href={paths.profile(handle)}>See what @{handle} has burning now</a>
        </ExpiredNote>
      </TickingList>
      {children && (
        <UntilExpiry key={activity.uuid} item={activity}>
          {children}
        </UntilExpiry>
      )}
      {replies.length > 0 && (
        <TickingList as="section" className="feed" aria-label="Replies" aria-busy={pagination?.loading} data-nosnippet>
          <h2 className="replies">{describeReplies(activity, replies, Boolean(nextPath))}</h2>
          <Replies uuid={activity.uuid} replies={replies} viewer={viewer} />
        </TickingList>
      )}
      {nextPath && (
        <MoreLink to={nextPath} pagination={pagination}>
          More replies
        </MoreLink>
      )}
    </>
  )
}

/** Placeholder for an ancestor that the viewer may not see: one of the two users has blocked the other. */
function HiddenActivity() {
  return <p className="hidden-activity">Someone you can’t see</p>
}

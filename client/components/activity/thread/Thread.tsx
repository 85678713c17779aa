import { Fragment, type ReactNode } from 'react'
import type { Activity, ActivityWithAncestors } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import type { Pagination } from '../../../queries/pagination.ts'
import { paths } from '../../../routing/paths.ts'
import { MoreLink } from '../../../ui/MoreLink.tsx'
import { PageLink } from '../../../ui/PageLink.tsx'
import { ActivityCard } from '../card/ActivityCard.tsx'
import { ActivityDetails } from '../card/ActivityDetails.tsx'
import { ExpiredNote } from '../ExpiredNote.tsx'
import { ActivityList } from '../feed/ActivityList.tsx'
import { ExpiringList } from '../feed/ExpiringList.tsx'

type ThreadProps = {
  activity: ActivityWithAncestors
  /** Oldest first. */
  replies: readonly Activity[]
  viewer: User | null
  /** Address of the page of later replies, if there are any. */
  next?: string | null
  /** With it, script reads them into this thread (see `useList`). */
  further?: Pagination
  /** The reply box, between the crud and its replies. */
  children?: ReactNode
}

/** A crud on its own page: what it hangs on, itself in large, and what was answered. */
export function Thread({ activity, replies, viewer, next, further, children }: ThreadProps) {
  const { handle } = activity.user
  return (
    <>
      <ExpiringList className="feed">
        {[...activity.ancestors, activity].map((link, i, line) => (
          <Fragment key={link.uuid}>
            {link.reply_to_activity_uuid !== (line[i - 1]?.uuid ?? null) && <Unseen />}
            <ActivityCard
              activity={link}
              viewer={viewer}
              alone={link === activity}
              details={link === activity && <ActivityDetails activity={link} viewer={viewer} />}
            />
          </Fragment>
        ))}
        <ExpiredNote key={`${activity.uuid}-burnt`} last={activity}>
          This crud has burnt out. <PageLink to={paths.profile(handle)}>See what @{handle} has burning now</PageLink>
        </ExpiredNote>
      </ExpiringList>
      {children}
      {replies.length > 0 && (
        <ExpiringList
          as="section"
          className="feed"
          aria-labelledby="replies"
          aria-busy={further?.loading}
          data-nosnippet
        >
          <h2 className="replies" id="replies">
            Replies
          </h2>
          <ActivityList activities={replies} viewer={viewer} />
        </ExpiringList>
      )}
      {next && (
        <MoreLink to={next} further={further}>
          More replies
        </MoreLink>
      )}
    </>
  )
}

/** In the place of a crud between two that the viewer sees: one of the two people has blocked the other. */
function Unseen() {
  return <p className="unseen">Someone you cannot see</p>
}

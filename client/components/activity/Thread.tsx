import type { ReactNode } from 'react'
import type { Activity, ActivityWithAncestors } from '../../../worker/contract/activity.ts'
import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../lib/paths.ts'
import { PageLink } from '../../ui/PageLink.tsx'
import { BurningList } from './BurningList.tsx'
import { BurntNote } from './BurntNote.tsx'
import { Crud } from './Crud.tsx'

type ThreadProps = {
  activity: ActivityWithAncestors
  /** Oldest first. */
  replies: readonly Activity[]
  viewer: User | null
  /** Address of the page of later replies, if there are any. */
  next?: string | null
  canReact?: boolean
  /** The reply box, between the crud and its replies. */
  children?: ReactNode
}

/** A crud on its own page: what it hangs on, itself in large, and what was answered. */
export function Thread({ activity, replies, viewer, next, canReact = false, children }: ThreadProps) {
  const { handle } = activity.user
  return (
    <>
      <BurningList className="feed">
        {activity.ancestors.map((ancestor) => (
          <Crud key={ancestor.uuid} activity={ancestor} viewer={viewer} canReact={canReact} />
        ))}
        <Crud key={activity.uuid} activity={activity} viewer={viewer} canReact={canReact} alone />
        <BurntNote key={`${activity.uuid}-burnt`} last={activity}>
          This crud has burnt out. <PageLink to={paths.profile(handle)}>See what @{handle} has burning now</PageLink>
        </BurntNote>
      </BurningList>
      {children}
      {replies.length > 0 && (
        <BurningList as="section" className="feed" aria-labelledby="replies">
          <h2 className="replies" id="replies">
            Replies
          </h2>
          {replies.map((reply) => (
            <Crud key={reply.uuid} activity={reply} viewer={viewer} canReact={canReact} />
          ))}
        </BurningList>
      )}
      {next && (
        <PageLink className="more" to={next} rel="next">
          More replies
        </PageLink>
      )}
    </>
  )
}

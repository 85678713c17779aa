import { memo, type ReactNode } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { isPending } from '../../../queries/create-activity.ts'
import { paths } from '../../../routing/paths.ts'
import { Icon } from '../../../ui/icon/Icon.tsx'
import { PageLink } from '../../../ui/PageLink.tsx'
import { Avatar } from '../../avatar/Avatar.tsx'
import { UserLine } from '../../user/UserLine.tsx'
import { PendingActivity } from '../PendingActivity.tsx'
import { Replies } from '../thread/Replies.tsx'
import { Actions } from './Actions.tsx'
import { ActivityText } from './ActivityText.tsx'
import { Fuse } from './Fuse.tsx'
import { useFuse } from './fuse-times.ts'
import { TimeLeft } from './TimeLeft.tsx'

export type ActivityCardProps = {
  activity: Activity
  /** Who reads; null signed out. */
  viewer: User | null
  /** It is what its page is about: large. */
  alone?: boolean
  /** Between its words and its buttons. */
  details?: ReactNode
  /** Where it stands in its feed, from 1. */
  at?: number | undefined
  /** Of how many; -1 when nobody knows yet. */
  of?: number | undefined
}

/** One crud, burning down and out by itself. */
export const ActivityCard = memo(({ activity, viewer, alone = false, details, at, of }: ActivityCardProps) => {
  const { uuid } = activity
  const { style, left, calm } = useFuse(activity)
  return (
    <article
      className={alone ? 'crud alone' : calm && at ? 'crud calm' : 'crud'}
      id={uuid}
      style={style}
      tabIndex={-1}
      inert={isPending(activity)}
      aria-labelledby={`${uuid}-by`}
      aria-describedby={viewer ? `${uuid}-says ${uuid}-left` : undefined}
      aria-posinset={at}
      aria-setsize={of}
    >
      <Fuse />
      <CrudBody activity={activity} viewer={viewer} alone={alone} details={details} left={left} />
    </article>
  )
})

type CrudBodyProps = {
  activity: Activity
  viewer: User | null
  alone: boolean
  details: ReactNode
  /** Seconds left when the crud was shown. */
  left: number
}

/** What a crud shows: drawn anew when the crud itself has changed, not when it stands elsewhere in its feed. */
const CrudBody = memo(({ activity, viewer, alone, details, left }: CrudBodyProps) => {
  const { uuid, user, reposted_by } = activity
  const page = alone ? undefined : paths.activity(activity)
  // For the keyboard, which leads from crud to crud: they are read out whole. It needs script, and so somebody signed in.
  const [saysId, leftId] = viewer ? [`${uuid}-says`, `${uuid}-left`] : []
  return (
    <div className="crud-body">
      {reposted_by && (
        <p className="why first">
          <Icon name="repost" />
          <bdi>{reposted_by.display_name}</bdi> reposted
        </p>
      )}
      <PageLink className="face" to={paths.profile(user.handle)} tabIndex={-1} aria-hidden="true">
        <Avatar user={user} />
      </PageLink>
      <UserLine user={user} id={`${uuid}-by`} />
      {isPending(activity) ? <PendingActivity /> : <TimeLeft seconds={left} to={page} id={leftId} />}
      <Replies activity={activity} />
      <ActivityText text={activity.message} id={saysId} whole={page} />
      {details}
      <Actions activity={activity} viewer={viewer} alone={alone} />
    </div>
  )
})

import { memo, type ReactNode } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { isPending } from '../../../queries/activities/create-activity.ts'
import { paths } from '../../../routing/paths.ts'
import { icon } from '../../../ui/icon/icon.tsx'
import { replyRefusal } from '../../audience/reply-refusal.ts'
import { Avatar } from '../../avatar/Avatar.tsx'
import { UserLine } from '../../user/UserLine.tsx'
import { PendingActivity } from '../PendingActivity.tsx'
import { InReplyTo } from '../thread/InReplyTo.tsx'
import { Actions } from './Actions.tsx'
import { ActivityImages } from './ActivityImages.tsx'
import { ActivityText } from './ActivityText.tsx'
import { ContentWarning } from './ContentWarning.tsx'
import { fuse } from './fuse.tsx'
import { useFuse } from './fuse-times.ts'
import { TimeLeft } from './TimeLeft.tsx'

export type ActivityCardProps = {
  activity: Activity
  /** Null when signed out. */
  viewer: User | null
  /** The activity that its page is about: rendered large. */
  focal?: boolean
  /** Its parent is above it, in a thread. */
  belowParent?: boolean
  /** Shown between the text and the buttons. */
  details?: ReactNode
  /** Shown below the buttons. */
  counts?: ReactNode
  /** Position in its feed, from 1; undefined outside a feed. */
  posInSet?: number | undefined
  /** Length of the feed; -1 if unknown. */
  setSize?: number | undefined
}

/** An activity with its fuse. CSS hides it when it expires, except in a feed without animations: there LiveFeed removes it. */
export const ActivityCard = memo(
  ({ activity, viewer, focal = false, belowParent = false, details, counts, posInSet, setSize }: ActivityCardProps) => {
    const { uuid } = activity
    const isInFeed = posInSet !== undefined
    const { style, initialSecondsLeft, isCalm } = useFuse(activity)
    return (
      <article
        className={focal ? 'activity focal' : isCalm && isInFeed ? 'activity calm' : 'activity'}
        id={uuid}
        style={style}
        tabIndex={-1}
        inert={isPending(activity)}
        aria-labelledby={`${uuid}-by`}
        // Keyboard shortcuts focus whole cards, which screen readers then read out. Signed-out pages have none.
        aria-describedby={viewer ? `${uuid}-text ${uuid}-time` : undefined}
        aria-posinset={posInSet}
        aria-setsize={setSize}
      >
        {fuse}
        <CardBody
          activity={activity}
          viewer={viewer}
          focal={focal}
          belowParent={belowParent}
          details={details}
          counts={counts}
          initialSecondsLeft={initialSecondsLeft}
        />
      </article>
    )
  },
)

type CardBodyProps = {
  activity: Activity
  viewer: User | null
  focal: boolean
  belowParent: boolean
  details: ReactNode
  counts: ReactNode
  initialSecondsLeft: number
}

/** The card's content. Memoized apart from the card, which re-renders whenever its position in the feed changes. */
const CardBody = memo(
  ({ activity, viewer, focal, belowParent, details, counts, initialSecondsLeft }: CardBodyProps) => {
    const { uuid, user, images, reposted_by, warning } = activity
    const activityPath = focal ? undefined : paths.inThread(activity)
    const refusal = replyRefusal(activity)
    // For the card's `aria-describedby`.
    const textId = viewer ? `${uuid}-text` : undefined
    const timeId = viewer ? `${uuid}-time` : undefined
    const renderContent = (id: string | undefined) => (
      <>
        <ActivityText
          text={activity.message}
          id={id}
          topLevel={activity.reply_to_activity_uuid === null}
          fullTextPath={activityPath}
          mentions={activity.mentions}
        />
        {images.length > 0 && <ActivityImages activity={activity} focal={focal} />}
      </>
    )
    return (
      <div className="activity-body">
        {reposted_by && (
          <p className="context first">
            {icon('repost')}
            <bdi>{reposted_by.display_name}</bdi> reposted
          </p>
        )}
        {/* biome-ignore lint/a11y/useAnchorContent: hidden, the name beside it links there too */}
        <a className="avatar-link" href={paths.profile(user.handle)} tabIndex={-1} aria-hidden="true">
          <Avatar user={user} />
        </a>
        <UserLine user={user} id={`${uuid}-by`} />
        {isPending(activity) ? (
          <PendingActivity />
        ) : (
          <TimeLeft
            seconds={initialSecondsLeft}
            to={activityPath}
            id={timeId}
            audience={activity.audience}
            isOwn={viewer?.uuid === user.uuid}
            postedAt={activity.created_at}
          />
        )}
        <InReplyTo activity={activity} belowParent={belowParent} />
        {warning ? (
          <ContentWarning warning={warning} id={textId}>
            {renderContent(undefined)}
          </ContentWarning>
        ) : (
          renderContent(textId)
        )}
        {details}
        {refusal && <p className="context">{refusal}</p>}
        <Actions activity={activity} viewer={viewer} focal={focal} />
        {counts}
      </div>
    )
  },
)

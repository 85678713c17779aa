// biome-ignore-all lint/a11y/useAnchorContent: the links of avatars are hidden, the sentence has the names
import type { Activity } from '../../../worker/contract/activity.ts'
import { cutGraphemes } from '../../../worker/contract/graphemes.ts'
import { useViewer } from '../../app-context.tsx'
import { useHasScript } from '../../has-script.tsx'
import { paths } from '../../routing/paths.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { icon } from '../../ui/icon/icon.tsx'
import type { IconName } from '../../ui/icon/icon-paths.ts'
import { ActivityText } from '../activity/card/ActivityText.tsx'
import { ContentWarning } from '../activity/card/ContentWarning.tsx'
import { fuse } from '../activity/card/fuse.tsx'
import { useFuse } from '../activity/card/fuse-times.ts'
import { TimeLeft } from '../activity/card/TimeLeft.tsx'
import { Avatar } from '../avatar/Avatar.tsx'
import { FollowRequestButtons } from '../user/FollowRequestButtons.tsx'
import type { NotificationGroup } from './group-notifications.ts'
import { NotificationSentence } from './NotificationSentence.tsx'
import { SecurityAdvice } from './SecurityAdvice.tsx'

/** Avatars shown of a group. */
const MAX_AVATARS = 7

/** Maximum length of a quoted activity in grapheme clusters: more than its one line can show. */
const QUOTE_MAX = 140

const ICONS = {
  like: 'like',
  repost: 'repost',
  follow: 'profile',
  follow_request: 'profile',
  reply: 'reply',
  mention: 'reply',
  security: 'alert',
  report: 'alert',
  statement: 'alert',
} as const satisfies Record<NotificationGroup['kind'], IconName>

type NotificationItemProps = {
  group: NotificationGroup
  /** Position in its list, from 1. */
  posInSet: number
  /** Length of the list; -1 if unknown. */
  setSize: number
}

/** A group of notifications. It expires with the activity that it is about. */
export function NotificationItem({ group, posInSet, setSize }: NotificationItemProps) {
  const { uuid, kind, actors, activity, reference, unread } = group
  const { style, initialSecondsLeft } = useFuse(group)
  const viewer = useViewer()
  const hasText = kind === 'reply' || kind === 'mention'
  return (
    <article
      className="activity notification"
      id={uuid}
      style={style}
      tabIndex={-1}
      aria-labelledby={`${uuid}-sentence`}
      aria-posinset={posInSet}
      aria-setsize={setSize}
    >
      {/* Without an activity ("follows you") nothing burns: CSS draws a plain line. */}
      {activity && fuse}
      <div className="activity-body">
        <div className={`avatar-link kind ${kind}`}>
          {hasText ? <Avatars actors={actors} size="medium" /> : icon(ICONS[kind])}
        </div>
        {!hasText && actors.length > 0 && <Avatars actors={actors.slice(0, MAX_AVATARS)} size="small" />}
        {/* Without an activity it would only say how long the notification is kept. */}
        {activity && (
          <TimeLeft
            seconds={initialSecondsLeft}
            to={paths.inThread(activity)}
            audience={activity.audience}
            isOwn={viewer?.uuid === activity.user.uuid}
          />
        )}
        {activity && unread && <OpenAsRead up_to={uuid} path={paths.inThread(activity)} />}
        <NotificationSentence group={group} id={`${uuid}-sentence`} />
        {kind === 'security' && <SecurityAdvice />}
        {reference && (
          <p className="advice">
            <a href={kind === 'report' ? safetyPaths.report({ reference }) : safetyPaths.statement(reference)}>
              {kind === 'report' ? 'See the answer' : 'See what and why'}
            </a>
          </p>
        )}
        {kind === 'follow_request' && actors[0] && <FollowRequestButtons handle={actors[0].handle} />}
        {activity &&
          (hasText ? (
            <NotifiedText activity={activity} />
          ) : (
            <p className="quoted" dir="auto">
              <a href={paths.inThread(activity)}>{cutGraphemes(activity.warning ?? activity.message, QUOTE_MAX)}</a>
            </p>
          ))}
      </div>
    </article>
  )
}

/** The text of a reply or mention, folded behind its warning. */
function NotifiedText({ activity }: { activity: Activity }) {
  const { message, warning, mentions } = activity
  const text = <ActivityText text={message} fullTextPath={paths.inThread(activity)} mentions={mentions} />
  return warning ? <ContentWarning warning={warning}>{text}</ContentWarning> : text
}

/**
 * Button over the whole notification that opens its activity, and marks it and older ones as read. Without script only: script marks
 * all as read once they are shown.
 */
function OpenAsRead({ up_to, path }: { up_to: string; path: string }) {
  if (useHasScript()) return null
  return (
    <form className="open-as-read" method="post" action={paths.notifications()}>
      <input type="hidden" name="up_to" value={up_to} />
      <button type="submit" name="next" value={path} aria-label="Open and mark as read" />
    </form>
  )
}

/** The actors' avatars. Hidden from assistive tech: the sentence has their names. */
function Avatars({ actors, size }: { actors: NotificationGroup['actors']; size: 'small' | 'medium' }) {
  return (
    <div className="avatar-row">
      {actors.map((user) => (
        <a key={user.uuid} href={paths.profile(user.handle)} tabIndex={-1} aria-hidden="true">
          <Avatar user={user} size={size} />
        </a>
      ))}
    </div>
  )
}

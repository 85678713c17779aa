import { cutGraphemes } from '../../../worker/contract/graphemes.ts'
import { paths } from '../../routing/paths.ts'
import { Icon } from '../../ui/icon/Icon.tsx'
import type { IconName } from '../../ui/icon/icon-paths.ts'
import { PageLink } from '../../ui/PageLink.tsx'
import { ActivityText } from '../activity/card/ActivityText.tsx'
import { Fuse } from '../activity/card/Fuse.tsx'
import { useFuse } from '../activity/card/fuse-times.ts'
import { TimeLeft } from '../activity/card/TimeLeft.tsx'
import { Avatar } from '../avatar/Avatar.tsx'
import type { NotificationGroup } from './group-notifications.ts'
import { NotificationSentence } from './NotificationSentence.tsx'
import { SecurityAdvice } from './SecurityAdvice.tsx'

/** So many faces of a group are shown. */
const FACES = 7

/** More characters than the line of a quoted crud has room for. */
const LINE_MAX = 140

const ICONS = {
  like: 'like',
  repost: 'repost',
  follow: 'profile',
  reply: 'reply',
  mention: 'reply',
  security: 'alert',
} as const satisfies Record<NotificationGroup['kind'], IconName>

type NotificationItemProps = {
  group: NotificationGroup
  /** Where it stands in its list, from 1, and of how many; -1 when nobody knows yet. */
  position: { at: number; of: number }
}

/** What concerns one, burning down with the crud that it is about. */
export function NotificationItem({ group, position }: NotificationItemProps) {
  const { uuid, kind, actors, activity } = group
  const { style, left } = useFuse(group)
  const isWritten = kind === 'reply' || kind === 'mention'
  return (
    <article
      className="crud notification"
      id={uuid}
      style={style}
      tabIndex={-1}
      aria-labelledby={`${uuid}-did`}
      aria-posinset={position.at}
      aria-setsize={position.of}
    >
      <Fuse />
      <div className="crud-body">
        <div className={`face kind ${kind}`}>
          {isWritten ? <Faces actors={actors} size="medium" /> : <Icon name={ICONS[kind]} />}
        </div>
        {!isWritten && actors.length > 0 && <Faces actors={actors.slice(0, FACES)} size="small" />}
        <TimeLeft seconds={left} to={activity ? paths.activity(activity) : undefined} />
        <NotificationSentence group={group} id={`${uuid}-did`} />
        {kind === 'security' && <SecurityAdvice />}
        {activity &&
          (isWritten ? (
            <ActivityText text={activity.message} whole={paths.activity(activity)} />
          ) : (
            <p className="quoted" dir="auto">
              <PageLink to={paths.activity(activity)}>{cutGraphemes(activity.message, LINE_MAX)}</PageLink>
            </p>
          ))}
      </div>
    </article>
  )
}

/** The people's faces; their names stand in the sentence. */
function Faces({ actors, size }: { actors: NotificationGroup['actors']; size: 'small' | 'medium' }) {
  return (
    <div className="faces">
      {actors.map((user) => (
        <PageLink key={user.uuid} to={paths.profile(user.handle)} tabIndex={-1} aria-hidden="true">
          <Avatar user={user} size={size} />
        </PageLink>
      ))}
    </div>
  )
}

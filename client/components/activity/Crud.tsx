import type { Activity } from '../../../worker/contract/activity.ts'
import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../lib/paths.ts'
import { isSending } from '../../queries/say.ts'
import { Icon } from '../../ui/Icon.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { Avatar } from '../user/Avatar.tsx'
import { UserLine } from '../user/UserLine.tsx'
import { Actions } from './Actions.tsx'
import { Answers } from './Answers.tsx'
import { CrudText } from './CrudText.tsx'
import { Fuse } from './Fuse.tsx'
import { useFuse } from './fuse-times.ts'
import { PostedAt } from './PostedAt.tsx'
import { Sending } from './Sending.tsx'
import { Tally } from './Tally.tsx'
import { TimeLeft } from './TimeLeft.tsx'

export type CrudProps = {
  activity: Activity
  /** Who reads; null signed out. */
  viewer: User | null
  /** It is what its page is about: large, and with its time of posting. */
  alone?: boolean
  /** Where it stands in its feed, from 1, and of how many; -1 when nobody knows yet. */
  position?: { at: number; of: number }
}

/** One crud, burning down and out by itself. */
export function Crud({ activity, viewer, alone = false, position }: CrudProps) {
  const { uuid, user, reposted_by } = activity
  const { style, left } = useFuse(activity)
  const sending = isSending(activity)
  const nameId = `${uuid}-by`
  // For the keyboard, which leads from crud to crud: they are read out whole. It needs script, and so somebody signed in.
  const [saysId, leftId] = viewer ? [`${uuid}-says`, `${uuid}-left`] : []
  return (
    <article
      className={alone ? 'crud alone' : 'crud'}
      id={uuid}
      style={style}
      tabIndex={-1}
      inert={sending}
      aria-labelledby={nameId}
      aria-describedby={viewer ? `${saysId} ${leftId}` : undefined}
      aria-posinset={position?.at}
      aria-setsize={position?.of}
    >
      <Fuse />
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
        <UserLine user={user} id={nameId} />
        {sending ? (
          <Sending />
        ) : (
          <TimeLeft seconds={left} to={alone ? undefined : paths.activity(activity)} id={leftId} />
        )}
        <Answers activity={activity} />
        <CrudText text={activity.message} id={saysId} whole={alone ? undefined : paths.activity(activity)} />
        {alone && <PostedAt activity={activity} />}
        {alone && <Tally activity={activity} viewer={viewer} />}
        <Actions activity={activity} viewer={viewer} alone={alone} />
      </div>
    </article>
  )
}

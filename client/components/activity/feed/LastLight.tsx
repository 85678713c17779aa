import type { Activity } from '../../../../worker/contract/activity.ts'
import { paths } from '../../../routing/paths.ts'
import { fuse } from '../card/fuse.tsx'
import { useFuse } from '../card/fuse-times.ts'
import { TimeLeft } from '../card/TimeLeft.tsx'
import { TickingList } from './TickingList.tsx'

/** An activity in two lines with its fuse, as an `<li>`. `by`: with its author's name. */
export function LastLightItem({ activity, by = true }: { activity: Activity; by?: boolean }) {
  const { style, initialSecondsLeft } = useFuse(activity)
  return (
    <li className="last-light-item" style={style}>
      <a href={paths.inThread(activity)} dir="auto">
        {activity.warning ? `Content warning: ${activity.warning}` : activity.message}
      </a>
      {by && <bdi className="soft">{activity.user.display_name}</bdi>}
      <TimeLeft seconds={initialSecondsLeft} />
      {fuse}
    </li>
  )
}

/** The activities that expire soonest, for the sidebar; nothing if there are none. */
export function LastLight({ activities }: { activities: readonly Activity[] }) {
  if (activities.length === 0) return null
  return (
    <section aria-labelledby="last-light">
      <h2 id="last-light">Last light</h2>
      <p className="soft">Catch these before they’re gone.</p>
      <TickingList as="ul" className="last-light">
        {activities.map((activity) => (
          <LastLightItem key={activity.uuid} activity={activity} />
        ))}
      </TickingList>
    </section>
  )
}

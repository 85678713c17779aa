import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { ActivityCard } from '../card/ActivityCard.tsx'
import { useStableKeys } from './stable-keys.ts'
import { useWindows } from './windowing.ts'

type ActivityListProps = {
  activities: readonly Activity[]
  viewer: User | null
  /** In a feed: its length; -1 if unknown. */
  setSize?: number | undefined
}

/** Activities in windows, so that the browser can skip rendering those off screen (activity.css). */
export function ActivityList({ activities, viewer, setSize }: ActivityListProps) {
  const windows = useWindows(useStableKeys(activities))
  return windows.map(({ id, firstIndex, keys }) => (
    <div key={id} className="window">
      {activities.slice(firstIndex, firstIndex + keys.length).map((activity, i) => (
        <ActivityCard
          key={keys[i]}
          activity={activity}
          viewer={viewer}
          posInSet={setSize === undefined ? undefined : firstIndex + i + 1}
          setSize={setSize}
        />
      ))}
    </div>
  ))
}

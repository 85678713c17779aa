import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { ActivityCard } from '../card/ActivityCard.tsx'
import { useStableKeys } from './stable-keys.ts'
import { useWindows } from './windowing.ts'

type CrudsProps = {
  activities: readonly Activity[]
  viewer: User | null
  /** In a feed, of how many they are; -1 when nobody knows yet. */
  of?: number | undefined
}

/** Cruds under one another, however many. */
export function ActivityList({ activities, viewer, of }: CrudsProps) {
  const stretches = useWindows(useStableKeys(activities))
  return stretches.map(({ id, first, keys }) => (
    <div key={id} className="stretch">
      {activities.slice(first, first + keys.length).map((activity, i) => (
        <ActivityCard
          key={keys[i]}
          activity={activity}
          viewer={viewer}
          at={of === undefined ? undefined : first + i + 1}
          of={of}
        />
      ))}
    </div>
  ))
}

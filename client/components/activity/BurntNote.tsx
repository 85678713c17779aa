import type { ReactNode } from 'react'
import type { Activity } from '../../../worker/contract/activity.ts'
import { useFuse } from './fuse-times.ts'

/** The activity that ends last. */
export function lastToEnd(activities: readonly Activity[]): Activity | undefined {
  return activities.reduce<Activity | undefined>(
    (last, activity) => (last && Date.parse(last.expires_at) >= Date.parse(activity.expires_at) ? last : activity),
    undefined,
  )
}

/** What stands in place of cruds once the last of them has ended. Give it `key={last.uuid}`: it must count anew. */
export function BurntNote({ last, children }: { last: Activity; children: ReactNode }) {
  const { style } = useFuse(last)
  return (
    <p className="burnt" style={style}>
      <span>{children}</span>
    </p>
  )
}

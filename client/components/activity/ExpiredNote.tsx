import type { ReactNode } from 'react'
import type { Activity } from '../../../worker/contract/activity.ts'
import { useFuse } from './card/fuse-times.ts'

type Expiring = Pick<Activity, 'uuid' | 'created_at' | 'expires_at'>

/** Returns the item that expires last. Times are ISO texts in UTC, all with milliseconds, so that they sort as texts. */
export function lastToExpire<T extends Expiring>(items: readonly T[]): T | undefined {
  return items.reduce<T | undefined>(
    (last, item) => (last && last.expires_at >= item.expires_at ? last : item),
    undefined,
  )
}

/** "That’s all for now", until the last item expires. Needs `key={last.uuid}`, so that its animation restarts with another item. */
export function EndOfList({ last }: { last: Expiring }) {
  const { style } = useFuse(last)
  return (
    <p className="end-of-list" style={style}>
      That’s all for now.
    </p>
  )
}

/** Replaces a list once its `last` item has expired. Needs `key={last.uuid}`, so that its animation restarts with another item. */
export function ExpiredNote({ last, children }: { last: Expiring; children: ReactNode }) {
  const { style } = useFuse(last)
  return (
    <p className="expired-note" style={style}>
      <span>{children}</span>
    </p>
  )
}

/** Content that is hidden once `item` has expired. Needs `key={item.uuid}`, so that its animation restarts with another item. */
export function UntilExpiry({ item, children }: { item: Expiring; children: ReactNode }) {
  const { style } = useFuse(item)
  return (
    <div className="until-expiry" style={style}>
      {children}
    </div>
  )
}

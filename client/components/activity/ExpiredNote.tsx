import type { ReactNode } from 'react'
import type { Activity } from '../../../worker/contract/activity.ts'
import { useFuse } from './card/fuse-times.ts'

type Mortal = Pick<Activity, 'uuid' | 'created_at' | 'expires_at'>

/** What ends last. */
export function lastToExpire<T extends Mortal>(items: readonly T[]): T | undefined {
  return items.reduce<T | undefined>(
    (last, item) => (last && Date.parse(last.expires_at) >= Date.parse(item.expires_at) ? last : item),
    undefined,
  )
}

/** Under the last of a list, until all of it has ended. Give it `key={last.uuid}` too. */
export function ExpiryNote({ last }: { last: Mortal }) {
  const { style } = useFuse(last)
  return (
    <p className="end" style={style}>
      That is all for now.
    </p>
  )
}

/** What stands in place of cruds once the last of them has ended. Give it `key={last.uuid}`: it must count anew. */
export function ExpiredNote({ last, children }: { last: Mortal; children: ReactNode }) {
  const { style } = useFuse(last)
  return (
    <p className="burnt" style={style}>
      <span>{children}</span>
    </p>
  )
}

import { type CSSProperties, createContext, useContext } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { useClock, useMountedAt } from '../../../time/clock.tsx'
import { secondsBetween } from '../../../time/durations.ts'

/** When the surrounding list was mounted, in ms (see `Clock.animationTime`); null outside a list. */
export const ListMountedAt = createContext<number | null>(null)

type Expiring = Pick<Activity, 'created_at' | 'expires_at'>

/** Returns the custom properties that fuse.css reads, in seconds. */
export function fuseStyle({ created_at, expires_at }: Expiring, mountedAt: number, listMountedAt: number | null) {
  const createdAt = Date.parse(created_at)
  const joined = listMountedAt === null ? 0 : secondsBetween(listMountedAt, mountedAt)
  return {
    '--ttl': secondsBetween(createdAt, expires_at),
    '--elapsed': secondsBetween(createdAt, mountedAt),
    // An item added later must not count the list's earlier ticks.
    ...(joined > 0 ? { '--joined': joined } : {}),
  } as CSSProperties
}

/** How long a list ticks, in seconds (styles/fuse/fuse-ticks.mjs). */
const TICKING_SECONDS = 43_200

/** How long before its expiry a fuse turns hot, in seconds (styles/fuse/fuse.css). */
const HOT_SECONDS = 600

/** Whether an activity neither turns hot nor expires while its list ticks. */
const isCalm = (secondsLeft: number) => secondsLeft - HOT_SECONDS > TICKING_SECONDS

/**
 * Returns the style of an activity's fuse and the seconds left, both as of the component's mount. They stay the same on
 * re-render: changed values would restart from a running animation and expire the card at the wrong time.
 *
 * `calm`: the card needs no animations, which make scrolling slow in lists of hundreds. Only for cards rendered by script,
 * since script then removes them when they expire.
 */
export function useFuse(item: Expiring): { style: CSSProperties; secondsLeft: number; calm: boolean } {
  const mountedAt = useMountedAt()
  const listMountedAt = useContext(ListMountedAt)
  const isByScript = mountedAt !== useClock().renderedAt
  const secondsLeft = secondsBetween(mountedAt, item.expires_at)
  const calm = isByScript && isCalm(secondsLeft)
  return { style: fuseStyle(item, mountedAt, listMountedAt), secondsLeft, calm }
}

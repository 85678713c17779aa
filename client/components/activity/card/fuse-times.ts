import { type CSSProperties, createContext, useContext, useState } from 'react'
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

/** How long after its mount a list updates its fuses, in seconds (styles/fuse/fuse-ticks.mjs). */
const TICKING_SECONDS = 43_200

/** How long before its expiry a fuse turns hot, in seconds (styles/fuse/fuse.css). */
const HOT_SECONDS = 600

/**
 * Returns the style of an activity's fuse and its seconds left, both as of the component's mount. They never change, since the CSS
 * animations count from the mount: a later value would subtract the time since then twice.
 *
 * `isCalm`: the card needs no animations, which make scrolling slow in lists of hundreds. Never for a card of the server's document:
 * without script, only its animation hides it at its expiry.
 */
export function useFuse(item: Expiring): { style: CSSProperties; initialSecondsLeft: number; isCalm: boolean } {
  const mountedAt = useMountedAt()
  const listMountedAt = useContext(ListMountedAt)
  const [isInDocument] = useState(useClock().isHydrating)
  const initialSecondsLeft = secondsBetween(mountedAt, item.expires_at)
  // Neither turns hot nor expires while its list updates it.
  const isCalm = !isInDocument && initialSecondsLeft - HOT_SECONDS > TICKING_SECONDS
  return { style: fuseStyle(item, mountedAt, listMountedAt), initialSecondsLeft, isCalm }
}

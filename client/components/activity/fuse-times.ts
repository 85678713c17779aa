import { type CSSProperties, createContext, useContext } from 'react'
import type { Activity } from '../../../worker/contract/activity.ts'
import { useShownAt } from '../../lib/clock.tsx'
import { secondsBetween } from '../../lib/time.ts'

/** When the list around a crud was shown, ms (see `Clock.shown`); null outside a list. */
export const ListShownAt = createContext<number | null>(null)

type Mortal = Pick<Activity, 'created_at' | 'expires_at'>

/** The custom properties that fuse.css reckons with, in seconds. */
export function fuseStyle({ created_at, expires_at }: Mortal, shownAt: number, listShownAt: number | null) {
  const joined = listShownAt === null ? 0 : secondsBetween(listShownAt, shownAt)
  return {
    '--life': secondsBetween(created_at, expires_at),
    '--elapsed': secondsBetween(created_at, shownAt),
    // What comes into a list later must not have the list's earlier beats taken off.
    ...(joined > 0 ? { '--joined': joined } : {}),
  } as CSSProperties
}

/**
 * A crud's fuse as it stood when the calling component came into the page: the style for its element, and the
 * seconds left. Both stay as they are on re-render; written anew, they would make the crud go at the wrong time.
 */
export function useFuse(crud: Mortal): { style: CSSProperties; left: number } {
  const shownAt = useShownAt()
  const listShownAt = useContext(ListShownAt)
  return { style: fuseStyle(crud, shownAt, listShownAt), left: secondsBetween(shownAt, crud.expires_at) }
}

import { type CSSProperties, createContext, useContext, useState } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { useHasScript } from '../../../has-script.tsx'
import { useShownAt } from '../../../time/clock.tsx'
import { secondsBetween } from '../../../time/durations.ts'

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

/** So long the heart of a list beats, in seconds (styles/fuse-ticks.mjs). */
const BEATS = 43_200

/** Whether a crud with so many seconds left neither turns hot nor ends while its list's heart beats. */
const isCalm = ({ created_at, expires_at }: Mortal, left: number) =>
  left - secondsBetween(created_at, expires_at) / 10 > BEATS

/**
 * A crud's fuse as it stood when the calling component came into the page: the style for its element, and the
 * seconds left. They stay as they are on re-render; written anew, they would make the crud go at the wrong time.
 *
 * `calm`: nothing of it will move, so that it needs no animations; with hundreds of cruds those are what scrolling waits
 * for. Only of what script itself has drawn, and drops when it ends.
 */
export function useFuse(crud: Mortal): { style: CSSProperties; left: number; calm: boolean } {
  const shownAt = useShownAt()
  const listShownAt = useContext(ListShownAt)
  const scripted = useHasScript()
  const left = secondsBetween(shownAt, crud.expires_at)
  const [calm] = useState(scripted && isCalm(crud, left))
  return { style: fuseStyle(crud, shownAt, listShownAt), left, calm }
}

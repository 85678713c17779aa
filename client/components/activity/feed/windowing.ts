import { useState } from 'react'

/** Rows that stand side by side in a list, and are left out together when they are out of sight (crud.css). */
export type ListWindow = {
  id: number
  /** Where its first row stands in the list, from 0. */
  first: number
  /** The keys of its rows. */
  keys: string[]
}

/** So many rows are laid out in one go while somebody scrolls. */
const ROWS = 10

/** The stretches of a list, by the steady keys of its rows. */
export function useWindows(keys: readonly string[]): ListWindow[] {
  const [known, setKnown] = useState(() => windowsOf(keys, []))
  if (keys.join() === known.flatMap((stretch) => stretch.keys).join()) return known
  const stretches = windowsOf(keys, known)
  setKnown(stretches)
  return stretches
}

/**
 * A list in stretches. What was there `before`, and is in the same order, stays in its stretch: React would draw it anew in
 * another, and its animations would begin again.
 */
export function windowsOf(keys: readonly string[], before: readonly ListWindow[]): ListWindow[] {
  const homes = new Map(before.flatMap(({ id, keys }) => keys.map((key) => [key, id])))
  const ends = new Map(keys.map((key, i) => [homes.get(key), i]))
  let unused = Math.max(-1, ...homes.values()) + 1
  const stretches: ListWindow[] = []
  keys.forEach((key, first) => {
    const home = homes.get(key)
    const last = stretches.at(-1)
    const takes = last && (last.keys.length < ROWS || (ends.get(last.id) ?? -1) > first)
    if (last && (home === last.id || (home === undefined && takes))) last.keys.push(key)
    else stretches.push({ id: home ?? unused++, first, keys: [key] })
  })
  return stretches
}

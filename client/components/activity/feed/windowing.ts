import { useState } from 'react'

/** Adjacent rows of a list in one element, which the browser skips as a whole when it is off screen (activity.css). */
export type ListWindow = {
  id: number
  /** Index of its first row in the list. */
  firstIndex: number
  /** Keys of its rows. */
  keys: string[]
}

/**
 * Rows per window: these are laid out together when scrolled into view. The first three are small: the first
 * paint renders one of them, and the others follow soon (styles/components/activity.css).
 */
const sizeAt = (firstIndex: number) => (firstIndex < 12 ? 4 : 10)

/** Returns the windows of a list, by the stable keys of its rows. */
export function useWindows(keys: readonly string[]): ListWindow[] {
  const [known, setKnown] = useState(() => splitIntoWindows(keys, []))
  if (keys.join() === known.flatMap((window) => window.keys).join()) return known
  const windows = splitIntoWindows(keys, known)
  setKnown(windows)
  return windows
}

/**
 * Splits a list into windows. A row that was in a window before stays in it if the order allows: in another window React
 * would recreate its element, and its animations would restart.
 */
export function splitIntoWindows(keys: readonly string[], previous: readonly ListWindow[]): ListWindow[] {
  const idOf = new Map(previous.flatMap(({ id, keys }) => keys.map((key) => [key, id])))
  const lastIndexOf = new Map(keys.map((key, i) => [idOf.get(key), i]))
  let unusedId = Math.max(-1, ...idOf.values()) + 1
  const windows: ListWindow[] = []
  keys.forEach((key, index) => {
    const id = idOf.get(key)
    const last = windows.at(-1)
    // A new row joins the window above it if there is room, or if rows of that window follow.
    const hasRoom = last && (last.keys.length < sizeAt(last.firstIndex) || (lastIndexOf.get(last.id) ?? -1) > index)
    if (last && (id === last.id || (id === undefined && hasRoom))) last.keys.push(key)
    else windows.push({ id: id ?? unusedId++, firstIndex: index, keys: [key] })
  })
  return windows
}

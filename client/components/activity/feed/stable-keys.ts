import { useState } from 'react'

type Row = { uuid: string }

/**
 * Returns React keys for the rows of a list. A row that moved before others gets a new key, so React recreates its element.
 * Moving the element instead would restart its CSS animations with the values of its first mount.
 */
export function useStableKeys(rows: readonly Row[]): string[] {
  const [known, setKnown] = useState({ rows, versions: new Map<string, number>() })
  if (known.rows === rows) return rows.map(({ uuid }) => `${uuid} ${known.versions.get(uuid) ?? 0}`)
  const versions = new Map(known.versions)
  for (const uuid of movedRows(known.rows, rows)) versions.set(uuid, (versions.get(uuid) ?? 0) + 1)
  setKnown({ rows, versions })
  return rows.map(({ uuid }) => `${uuid} ${versions.get(uuid) ?? 0}`)
}

/** Returns the rows that moved; all others kept their order. */
export function movedRows(before: readonly Row[], after: readonly Row[]): string[] {
  const indexes = new Map(before.map(({ uuid }, i) => [uuid, i]))
  let lowest = before.length
  return after.toReversed().flatMap(({ uuid }) => {
    const index = indexes.get(uuid)
    if (index === undefined) return []
    if (index > lowest) return [uuid]
    lowest = index
    return []
  })
}

import { useState } from 'react'

type Row = { uuid: string }

/**
 * Keys for the rows of a list. A row that has come to stand before others gets a new one: React would move its element,
 * and the animations of a moved element begin again with the numbers of their first beginning. Drawn anew it has its own.
 */
export function useStableKeys(rows: readonly Row[]): string[] {
  const [known, setKnown] = useState({ rows, turns: new Map<string, number>() })
  if (known.rows === rows) return rows.map(({ uuid }) => `${uuid} ${known.turns.get(uuid) ?? 0}`)
  const turns = new Map(known.turns)
  for (const uuid of movedRows(known.rows, rows)) turns.set(uuid, (turns.get(uuid) ?? 0) + 1)
  setKnown({ rows, turns })
  return rows.map(({ uuid }) => `${uuid} ${turns.get(uuid) ?? 0}`)
}

/** Of the rows that were there before, those without which the rest stand in the order of before. */
export function movedRows(before: readonly Row[], after: readonly Row[]): string[] {
  const places = new Map(before.map(({ uuid }, i) => [uuid, i]))
  let first = before.length
  return after.toReversed().flatMap(({ uuid }) => {
    const place = places.get(uuid)
    if (place === undefined) return []
    if (place > first) return [uuid]
    first = place
    return []
  })
}

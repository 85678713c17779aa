import { AppError } from '../contract/app-error.ts'
import type { List } from '../contract/list.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const isUuid = (value: string) => UUID.test(value)

/** Paging of a list route: the previous page's cursor, and the number of items. */
export type Paging = { cursor?: string | undefined; limit: number }

/**
 * Returns the uuids of a cursor; none for the first page.
 * @throws AppError cursor_malformed unless it has exactly `parts` uuids.
 */
export function readCursor(cursor: string | undefined, parts: number): string[] {
  if (cursor === undefined) return []
  const uuids = cursor.split('.')
  if (uuids.length !== parts || !uuids.every(isUuid))
    throw new AppError([{ code: 'cursor_malformed', field: 'cursor' }])
  return uuids
}

/** Returns the handle of a cursor; null for the first page. @throws AppError cursor_malformed */
export function readHandleCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  if (!/^[a-z0-9_]{1,30}$/.test(cursor)) throw new AppError([{ code: 'cursor_malformed', field: 'cursor' }])
  return cursor
}

export const writeCursor = (...uuids: string[]) => uuids.join('.')

/** Makes a page of `limit` items. `rows` must be read with `limit + 1`, to know whether there is a next page. */
export function toList<Row>(rows: Row[], limit: number, cursorAfter: (last: Row) => string): List<Row> {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, next_cursor: rows.length > limit && last ? cursorAfter(last) : null }
}

/** Like toList, for users whose rows have a `position`, the sort key. */
export function toUserList<Row extends { position: string }>(rows: Row[], limit: number): List<Omit<Row, 'position'>> {
  const list = toList(rows, limit, (last) => last.position)
  return { ...list, data: list.data.map(({ position: _, ...person }) => person) }
}

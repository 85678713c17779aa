import { AppError } from '../contract/app-error.ts'
import type { List } from '../contract/list.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const isUuid = (value: string) => UUID.test(value)

/** What a list route takes: an opaque cursor of the page before, and how many items. */
export type Paging = { cursor?: string | undefined; limit: number }

/**
 * The uuids that a cursor is made of; none without a cursor.
 * @throws AppError cursor_malformed when it is not one of ours.
 */
export function readCursor(cursor: string | undefined, parts: number): string[] {
  if (cursor === undefined) return []
  const uuids = cursor.split('.')
  if (uuids.length !== parts || !uuids.every(isUuid))
    throw new AppError([{ code: 'cursor_malformed', field: 'cursor' }])
  return uuids
}

/** The handle that a cursor is. @throws AppError cursor_malformed when it is none. */
export function readHandleCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  if (!/^[a-z0-9_]{1,30}$/.test(cursor)) throw new AppError([{ code: 'cursor_malformed', field: 'cursor' }])
  return cursor
}

export const writeCursor = (...uuids: string[]) => uuids.join('.')

/** Makes a page of rows that were read with a limit of one more than it holds. */
export function toList<Row>(rows: Row[], limit: number, cursorAfter: (last: Row) => string): List<Row> {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, next_cursor: rows.length > limit && last ? cursorAfter(last) : null }
}

/** Makes a page of users whose rows carry the `position` that the list is ordered by. */
export function toPeople<Row extends { position: string }>(rows: Row[], limit: number): List<Omit<Row, 'position'>> {
  const list = toList(rows, limit, (last) => last.position)
  return { ...list, data: list.data.map(({ position: _, ...person }) => person) }
}

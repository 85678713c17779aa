import { type InfiniteData, type QueryClient, type QueryFilters, replaceEqualDeep } from '@tanstack/react-query'
import type { List } from '../../worker/contract/list.ts'

/** A cached list: the pages that were read. */
export type Pages<T> = InfiniteData<List<T>, string | null>

/**
 * Merges a read into a cached list. A next page is appended to the cached pages: its read has the pages from when it began, and
 * would undo what was written into them since.
 */
export const structuralSharing = (old: unknown, fresh: unknown): unknown => {
  const held = old as Pages<unknown> | undefined
  const read = fresh as Pages<unknown>
  const goesOn =
    held && read.pages.length === held.pages.length + 1 && read.pageParams.at(-1) === held.pages.at(-1)?.next_cursor
  return goesOn ? { ...read, pages: [...held.pages, read.pages.at(-1)] } : replaceEqualDeep(old, fresh)
}

/** Changes the items of a list. What is equal stays the same object, so that it is not rendered again. */
export const mapPages = <T>(list: Pages<T>, change: (items: T[]) => T[]): Pages<T> =>
  replaceEqualDeep(list, { ...list, pages: list.pages.map((page) => ({ ...page, data: change(page.data) })) })

/** Changes cached data. It keeps its age and staleness, since it was not read anew. */
export function updateAll<T>(queries: QueryClient, which: QueryFilters, change: (held: T) => T): void {
  for (const query of queries.getQueryCache().findAll(which)) {
    const { data, dataUpdatedAt, isInvalidated } = query.state
    const changed = data === undefined ? data : change(data as T)
    if (changed === data) continue
    queries.setQueryData(query.queryKey, changed, { updatedAt: dataUpdatedAt })
    if (isInvalidated) query.invalidate()
  }
}

/** Removes the items that do not pass from cached lists. */
export function keepItems<T>(queries: QueryClient, which: QueryFilters, passes: (item: T) => boolean): void {
  updateAll<Pages<T>>(queries, which, (held) => mapPages(held, (items) => items.filter(passes)))
}

/**
 * Changes each cached item of a kind, wherever the cache holds it: in lists, on pages, inside of other items. What does not change
 * stays the same object, so that it is not rendered again.
 */
export function updateEverywhere<T extends object>(
  queries: QueryClient,
  isItem: (value: object) => value is T,
  change: (item: T) => T,
): void {
  const update = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const updated = mapValues(value, update)
    return isItem(updated) ? change(updated) : updated
  }
  updateAll(queries, {}, update)
}

/** An array or object with each of its values changed; itself if none is. */
function mapValues(value: object, change: (value: unknown) => unknown): object {
  const entries = Object.entries(value).map(([name, old]) => [name, change(old), old] as const)
  if (entries.every(([, changed, old]) => changed === old)) return value
  return Array.isArray(value) ? entries.map(([, changed]) => changed) : Object.fromEntries(entries)
}

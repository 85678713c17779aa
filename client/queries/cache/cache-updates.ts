import { type InfiniteData, type QueryClient, type QueryFilters, replaceEqualDeep } from '@tanstack/react-query'
import type { List } from '../../../worker/contract/list.ts'

/** A cached list: its loaded pages. */
export type Pages<T> = InfiniteData<List<T>, string | null>

/**
 * Merges a fetch result into a cached list. Of a result with one more page, only that page is appended: the others are as they
 * were when the fetch began, and would undo later cache updates.
 */
export const structuralSharing = (before: unknown, fresh: unknown): unknown => {
  const cached = before as Pages<unknown> | undefined
  const fetched = fresh as Pages<unknown>
  const isNextPage =
    cached &&
    fetched.pages.length === cached.pages.length + 1 &&
    fetched.pageParams.at(-1) === cached.pages.at(-1)?.next_cursor
  return isNextPage ? { ...fetched, pages: [...cached.pages, fetched.pages.at(-1)] } : replaceEqualDeep(before, fresh)
}

/** Changes the items of a list. Equal items stay the same objects, so that they are not rendered again. */
export const mapPages = <T>(list: Pages<T>, change: (items: T[]) => T[]): Pages<T> =>
  replaceEqualDeep(list, { ...list, pages: list.pages.map((page) => ({ ...page, data: change(page.data) })) })

/** Changes cached data. Keeps its age and staleness, since nothing was fetched. */
export function updateAll<T>(queries: QueryClient, filters: QueryFilters, change: (data: T) => T): void {
  for (const query of queries.getQueryCache().findAll(filters)) {
    const { data, dataUpdatedAt, isInvalidated } = query.state
    const changed = data === undefined ? data : change(data as T)
    if (changed === data) continue
    queries.setQueryData(query.queryKey, changed, { updatedAt: dataUpdatedAt })
    if (isInvalidated) query.invalidate()
  }
}

/** Removes the items for which `isKept` returns false from cached lists. */
export function filterItems<T>(queries: QueryClient, filters: QueryFilters, isKept: (item: T) => boolean): void {
  updateAll<Pages<T>>(queries, filters, (list) => mapPages(list, (items) => items.filter(isKept)))
}

/**
 * Changes every cached value that `isItem` accepts: in lists, on pages, nested in other items. Unchanged values stay the same
 * objects, so that they are not rendered again.
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

/** Returns an array or object with each of its values changed; the same object if none has changed. */
function mapValues(value: object, change: (value: unknown) => unknown): object {
  const entries = Object.entries(value).map(([name, old]) => [name, change(old), old] as const)
  if (entries.every(([, changed, old]) => changed === old)) return value
  return Array.isArray(value) ? entries.map(([, changed]) => changed) : Object.fromEntries(entries)
}

import {
  type InfiniteData,
  type QueryKey,
  type UseSuspenseInfiniteQueryOptions,
  useSuspenseInfiniteQuery,
} from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { List } from '../../worker/contract/list.ts'
import type { Pagination } from './pagination.ts'

type ListOptions<T, Key extends QueryKey> = UseSuspenseInfiniteQueryOptions<
  List<T>,
  Error,
  InfiniteData<List<T>>,
  Key,
  string | null
>

/** Rows that an undone repost or follow has moved between two pages come twice; the first one counts. */
function once<T extends { uuid: string }>(items: T[]): T[] {
  const seen = new Set<string>()
  return items.filter(({ uuid }) => !seen.has(uuid) && seen.add(uuid))
}

/** What is held of a list, each item once, and how it goes on. */
export function useList<T extends { uuid: string }, Key extends QueryKey>(
  options: ListOptions<T, Key>,
): { items: T[]; pagination: Pagination } {
  const list = useSuspenseInfiniteQuery(options)
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage, isFetchNextPageError } = list
  // A read that is under way must not be cut off, also not one that brings the list up to date.
  const load = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage])
  const items = useMemo(() => once(data.pages.flatMap((page) => page.data)), [data])
  return {
    items,
    pagination: {
      cursor: hasNextPage ? (data.pages.at(-1)?.next_cursor ?? null) : null,
      load,
      loading: isFetchingNextPage,
      failed: isFetchNextPageError && !isFetchingNextPage,
    },
  }
}

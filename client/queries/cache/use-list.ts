import {
  type InfiniteData,
  type QueryKey,
  type UseSuspenseInfiniteQueryOptions,
  useQueryClient,
  useSuspenseInfiniteQuery,
} from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { List } from '../../../worker/contract/list.ts'
import { useDeletions } from './deletions.ts'
import type { Pagination } from './pagination.ts'

type ListOptions<T, Key extends QueryKey> = UseSuspenseInfiniteQueryOptions<
  List<T>,
  Error,
  InfiniteData<List<T>>,
  Key,
  string | null
>

/** Drops duplicates, except the first: an undone repost or follow can move a row into the next page. */
function uniqueByUuid<T extends { uuid: string }>(items: T[]): T[] {
  const seen = new Set<string>()
  return items.filter(({ uuid }) => !seen.has(uuid) && seen.add(uuid))
}

const itemsOf = <T extends { uuid: string }>({ pages }: InfiniteData<List<T>>) =>
  uniqueByUuid(pages.flatMap((page) => page.data))

function useListInBrowser<T extends { uuid: string }, Key extends QueryKey>(
  options: ListOptions<T, Key>,
): { items: T[]; pagination: Pagination } {
  const list = useSuspenseInfiniteQuery(options)
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage, isFetchNextPageError } = list
  // Do not cancel a pending fetch, such as a refetch.
  const load = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage])
  const deletions = useDeletions()
  const items = useMemo(() => itemsOf(data).filter(({ uuid }) => !deletions.includes(uuid)), [data, deletions])
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

/** The loader has read the list; what changes it later only a browser has. */
const useListOnServer: typeof useListInBrowser = <T extends { uuid: string }>({ queryKey }: { queryKey: QueryKey }) => {
  const data = useQueryClient().getQueryData<InfiniteData<List<T>>>(queryKey)
  if (!data) throw new Error('No loader has read this list')
  const cursor = data.pages.at(-1)?.next_cursor ?? null
  return { items: itemsOf(data), pagination: { cursor, load: () => {}, loading: false, failed: false } }
}

/** The cached items of a list, each once and without deleted activities, and its pagination. */
export const useList = typeof document === 'undefined' ? useListOnServer : useListInBrowser

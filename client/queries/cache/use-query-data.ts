import {
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryOptions,
  type UseQueryOptions,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'

const onServer = typeof document === 'undefined'

function useQueryDataInBrowser<Data, Key extends QueryKey>(
  options: UseQueryOptions<Data, Error, Data, Key>,
): Data | undefined {
  return useQuery(options).data
}

function usePagesInBrowser<Page, Key extends QueryKey, Param>(
  options: UseInfiniteQueryOptions<Page, Error, InfiniteData<Page>, Key, Param>,
): readonly Page[] | undefined {
  return useInfiniteQuery(options).data?.pages
}

/**
 * Returns the data of a query; undefined until it is read. On the server that is what the loaders have read, and nothing observes it:
 * making an observer takes as long as rendering a card.
 */
export const useQueryData: typeof useQueryDataInBrowser = onServer
  ? ({ queryKey }) => useQueryClient().getQueryData(queryKey)
  : useQueryDataInBrowser

/** The same for a paginated query. */
export const usePages: typeof usePagesInBrowser = onServer
  ? <Page>({ queryKey }: { queryKey: QueryKey }) => useQueryClient().getQueryData<InfiniteData<Page>>(queryKey)?.pages
  : usePagesInBrowser

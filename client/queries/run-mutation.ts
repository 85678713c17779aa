import type { MutationOptions, QueryClient } from '@tanstack/react-query'

/**
 * Runs a write in the mutation cache, for event handlers and page actions alike. `useMutation` does the same for one component,
 * but would subscribe each button of a feed, and a page action cannot call it.
 * @throws what the write failed with.
 */
export function runMutation<Data, Variables, Context = unknown>(
  queries: QueryClient,
  options: MutationOptions<Data, Error, Variables, Context>,
  variables: Variables,
): Promise<Data> {
  return queries.getMutationCache().build(queries, options).execute(variables)
}

import type { MutationOptions, QueryClient } from '@tanstack/react-query'

/**
 * Runs a write in the mutation cache, for event handlers and page actions alike. `useMutation` does the same for one component,
 * but would subscribe each button of a feed, and a page action cannot call it.
 * @throws what the write failed with.
 */
export function runMutation<Data, Variables>(
  queries: QueryClient,
  options: MutationOptions<Data, Error, Variables>,
  variables: Variables,
): Promise<Data> {
  return queries.getMutationCache().build(queries, options).execute(variables)
}

/** Runs a write once those of the same scope are done, so that the server gets the last one last. */
export const runInOrder = <Data>(queries: QueryClient, scope: string, write: () => Promise<Data>): Promise<Data> =>
  runMutation(queries, { scope: { id: scope }, mutationFn: write }, undefined)

import type { MutationOptions, QueryClient } from '@tanstack/react-query'

/**
 * Runs a mutation from an event handler or a page action. A page action cannot call `useMutation`, which would also subscribe
 * each button of a feed.
 * @throws the error of the mutation.
 */
export function runMutation<Data, Variables>(
  queries: QueryClient,
  options: MutationOptions<Data, Error, Variables>,
  variables: Variables,
): Promise<Data> {
  return queries.getMutationCache().build(queries, options).execute(variables)
}

/** Runs a write after the earlier writes of its scope have finished, so that the server gets them in order. */
export const runInOrder = <Data>(queries: QueryClient, scope: string, write: () => Promise<Data>): Promise<Data> =>
  runMutation(queries, { scope: { id: scope }, mutationFn: write }, undefined)

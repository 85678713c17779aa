import { useMutationState } from '@tanstack/react-query'

/** Mutation key of deletions; the variables of each are the uuid. */
export const DELETION_KEY = ['delete']

const useDeletionsInBrowser = (): readonly unknown[] =>
  useMutationState({
    filters: { mutationKey: DELETION_KEY, predicate: ({ state }) => state.status !== 'error' },
    select: ({ state }) => state.variables,
  })

const NONE: readonly unknown[] = []

/**
 * Returns the uuids of the activities and messages that this tab has deleted, or will once they can no longer be undone. Lists leave them out:
 * the cache still has them, so that undoing or a failure brings them back as they are. None on the server.
 */
export const useDeletions = typeof document === 'undefined' ? () => NONE : useDeletionsInBrowser

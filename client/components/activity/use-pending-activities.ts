import { useMutationState } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Activity } from '../../../worker/contract/activity.ts'
import { submissionKey } from '../../forms/submissions.ts'
import { isPending } from '../../queries/activities/create-activity.ts'
import type { CachedActivity } from '../../queries/cache/cached-activities.ts'

function useWithPendingInBrowser(
  path: string,
  activities: readonly CachedActivity[],
  where: 'start' | 'end',
): readonly Activity[] {
  const submitted = useMutationState({
    filters: { mutationKey: submissionKey(path), status: 'pending' },
    select: ({ state }) => state.context,
  })
  return useMemo(() => {
    const created = new Set(activities.map(({ key }) => key))
    const pending = submitted.filter(isPending).filter(({ key }) => !created.has(key))
    return where === 'end' ? [...activities, ...pending] : [...pending.reverse(), ...activities]
  }, [submitted, activities, where])
}

/**
 * Returns a list with the pending activities that were submitted from the form at `path`: at its `start`, newest first, or at its
 * `end`. One whose created activity is in the list is left out. On the server nothing is pending.
 */
export const useWithPending: typeof useWithPendingInBrowser =
  typeof document === 'undefined' ? (_, activities) => activities : useWithPendingInBrowser

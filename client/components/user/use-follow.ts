import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { FollowingState } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { showFailure } from '../../queries/cache/failure-toast.ts'
import { pendingFollow, setFollow } from '../../queries/users/follows.ts'

/** Starts of the sentence for a failed press, by the state that remains. */
const FAILED = { no: 'You don’t follow', requested: 'You still ask to follow', yes: 'You still follow' } as const

/** Returns the submit handler of a follow button: an optimistic update, rolled back with a toast if it fails. */
export function useFollow(handle: string, following: FollowingState) {
  const api = useApi()
  const queries = useQueryClient()
  return async (event: FormEvent) => {
    event.preventDefault()
    // The second press of two may come before the first is rendered.
    const on = !(pendingFollow(queries, handle) ?? following !== 'no')
    try {
      await setFollow({ api, queries }, handle, on)
    } catch (error) {
      showFailure(queries, `${on ? FAILED.no : FAILED[following]} @${handle}.`, error)
    }
  }
}

import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { FollowingState } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { showFailure } from '../../queries/cache/failure-toast.ts'
import { pendingFollow, setFollow } from '../../queries/users/follows.ts'

/** What holds after a press that failed. */
const HOLDS = { no: 'You don’t follow', requested: 'You still ask to follow', yes: 'You still follow' } as const

/** The press of a follow button, with script: shown at once, and rolled back with a reason if it fails. */
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
      showFailure(queries, `${on ? HOLDS.no : HOLDS[following]} @${handle}.`, error)
    }
  }
}

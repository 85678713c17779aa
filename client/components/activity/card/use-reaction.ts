import { useQueryClient } from '@tanstack/react-query'
import type { MouseEvent } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { useApi } from '../../../app-context.tsx'
import { hasReacted, type Reaction, setReaction } from '../../../queries/activities/reactions.ts'
import { showFailure } from '../../../queries/cache/failure-toast.ts'

const FAILED = {
  like: { on: 'Your like wasn’t saved.', off: 'Your like wasn’t removed.' },
  repost: { on: 'Your repost wasn’t saved.', off: 'Your repost wasn’t removed.' },
}

/** Returns the click handler of like and repost: an optimistic update, rolled back with a toast if it fails. */
export function useReaction(activity: Activity) {
  const api = useApi()
  const queries = useQueryClient()
  return async (event: MouseEvent, reaction: Reaction) => {
    event.preventDefault()
    // The second press of two may come before the first is rendered.
    const on = !hasReacted(queries, activity, reaction)
    try {
      await setReaction({ api, queries }, activity.uuid, reaction, on)
    } catch (error) {
      showFailure(queries, FAILED[reaction][on ? 'on' : 'off'], error)
    }
  }
}

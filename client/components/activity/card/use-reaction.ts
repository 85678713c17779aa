import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { useApi } from '../../../app-context.tsx'
import { isOn, type Reaction, setReaction } from '../../../queries/reactions.ts'
import { showToast } from '../../../queries/toasts.ts'
import { errorSentence } from '../../../texts/error-sentence.ts'

const NOT_DONE = {
  like: { on: 'Your like was not kept.', off: 'Your like is still there.' },
  repost: { on: 'Your repost was not kept.', off: 'Your repost is still there.' },
}

/** What a press of like or repost does with script: it shows at once, and goes back with a reason if it must. */
export function useReaction(activity: Activity, reaction: Reaction) {
  const api = useApi()
  const queries = useQueryClient()
  return async (event: FormEvent) => {
    event.preventDefault()
    // Not what is drawn, but what holds: a second press may come before the first is drawn.
    const wish = !isOn({ queries }, activity, reaction)
    try {
      await setReaction({ api, queries }, activity.uuid, reaction, wish)
    } catch (error) {
      showToast(queries, `${NOT_DONE[reaction][wish ? 'on' : 'off']} ${errorSentence(error)}`)
    }
  }
}

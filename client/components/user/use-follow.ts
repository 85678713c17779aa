import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { FollowingState } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { setFollow } from '../../queries/follows.ts'
import { showToast } from '../../queries/toasts.ts'
import { errorSentence } from '../../texts/error-sentence.ts'

/**
 * Whether the viewer follows a person or asks to, and what a press does with script. `following` is what was last read; a wish,
 * and then what came of it, counts over it until it has failed or something else is read. For as long as the person is the same:
 * give whoever calls it a key of theirs.
 */
export function useFollow(handle: string, following: FollowingState) {
  const api = useApi()
  const queries = useQueryClient()
  const [wish, setWish] = useState<{ state: FollowingState; over: FollowingState } | null>(null)
  // Also for when it changes back: that is not what was wished.
  if (wish && wish.over !== following) setWish(null)
  const state = wish?.over === following ? wish.state : following

  const press = async (event: FormEvent) => {
    event.preventDefault()
    const on = state === 'no'
    setWish({ state: on ? 'yes' : 'no', over: following })
    try {
      const result = await setFollow({ api, queries }, handle, on)
      // Somebody who approves followers is asked.
      if (result === 'requested') setWish({ state: result, over: following })
    } catch (error) {
      setWish(null)
      showToast(queries, `${HOLDS[state]} @${handle}. ${errorSentence(error)}`)
    }
  }
  return { state, press }
}

const HOLDS = { no: 'You do not follow', requested: 'You still ask to follow', yes: 'You still follow' } as const

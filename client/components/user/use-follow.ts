import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../app-context.tsx'
import { setFollow } from '../../queries/follows.ts'
import { showToast } from '../../queries/toasts.ts'
import { errorSentence } from '../../texts/error-sentence.ts'

/**
 * Whether the viewer follows a person, and what a press does with script. `following` is what was last read; a wish
 * counts over it until it has failed or something else is read. For as long as the person is the same: give whoever
 * calls it a key of theirs.
 */
export function useFollow(handle: string, following: boolean) {
  const api = useApi()
  const queries = useQueryClient()
  const [wish, setWish] = useState<{ on: boolean; over: boolean } | null>(null)
  // Also for when it changes back: that is not what was wished.
  if (wish && wish.over !== following) setWish(null)
  const on = wish?.over === following ? wish.on : following

  const press = async (event: FormEvent) => {
    event.preventDefault()
    setWish({ on: !on, over: following })
    try {
      await setFollow({ api, queries }, handle, !on)
    } catch (error) {
      setWish(null)
      showToast(queries, `${on ? 'You still follow' : 'You do not follow'} @${handle}. ${errorSentence(error)}`)
    }
  }
  return { on, press }
}

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { useViewer } from '../../app-context.tsx'
import { cachedActivities } from '../../queries/cached-activities.ts'
import { useClock } from '../../time/clock.tsx'
import {
  articles,
  type FocusPosition,
  focusedArticle,
  focusPosition,
  isFocusLost,
  restoreFocus,
} from '../keyboard/focus-position.ts'
import { type ExpiryEvent, watchExpiries } from './expiry-announcer.ts'

/**
 * Says (`say`) when the crud that has the focus, or that the page is about, has an hour or five minutes left and when it
 * has ended; of others that some have. What had the focus and has burnt out leaves it to its neighbour.
 */
export function useExpiryAnnouncer(say: (text: string) => void): void {
  const clock = useClock()
  const queries = useQueryClient()
  const viewer = useViewer()

  const endings = useEffectEvent((): { shown: ExpiryEvent[]; near: Set<string> } => {
    const alone = document.querySelector('main article.alone')
    const near = new Set([focusedArticle(), alone].flatMap((article) => article?.id ?? []))
    const known = new Map([...cachedActivities(queries)].map((activity) => [activity.uuid, activity]))
    const shown = articles().flatMap(({ id }) => {
      const activity = known.get(id)
      if (!activity) return []
      const name = activity.user.uuid === viewer?.uuid ? 'Your crud' : `${activity.user.display_name}’s crud`
      return [{ uuid: id, end: Date.parse(activity.expires_at), name }]
    })
    return { shown, near }
  })

  useEffect(() => {
    const follow = watchExpiries()
    let timer: ReturnType<typeof setTimeout> | undefined
    let place: FocusPosition | null = null
    const look = () => {
      clearTimeout(timer)
      clock.catchUp()
      const now = clock.now()
      const { shown, near } = endings()
      const told = follow(now, shown, near)
      if (told.say) say(told.say)
      if (place && isFocusLost()) restoreFocus(place)
      timer = setTimeout(look, told.next - now)
    }
    const focused = () => {
      place = focusPosition()
      look()
    }
    // A press beside the cruds is no loss of focus.
    const pressed = () => {
      place = null
    }
    look()
    document.addEventListener('focusin', focused)
    document.addEventListener('pointerdown', pressed)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('focusin', focused)
      document.removeEventListener('pointerdown', pressed)
      document.removeEventListener('visibilitychange', look)
    }
  }, [clock, say])
}

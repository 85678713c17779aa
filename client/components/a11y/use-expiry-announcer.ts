import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { useViewer } from '../../app-context.tsx'
import { cachedActivities } from '../../queries/cache/cached-activities.ts'
import { useClock } from '../../time/clock.tsx'
import {
  articles,
  type FocusPosition,
  focusedArticle,
  focusPosition,
  isFocusLost,
  restoreFocus,
} from '../keyboard/focus-position.ts'
import { type ShownExpiry, watchExpiries } from './expiry-announcer.ts'

/**
 * Announces expiries: the focused and the focal activity by name and in advance, others as a number. When the focused one
 * expires, moves the focus to its neighbour.
 */
export function useExpiryAnnouncer(announce: (text: string) => void): void {
  const clock = useClock()
  const queries = useQueryClient()
  const viewer = useViewer()

  const readPage = useEffectEvent((): { shown: ShownExpiry[]; followed: Set<string> } => {
    const focal = document.querySelector('main article.focal')
    const followed = new Set([focusedArticle(), focal].flatMap((article) => article?.id ?? []))
    const known = new Map([...cachedActivities(queries)].map((activity) => [activity.uuid, activity]))
    const shown = articles().flatMap(({ id }) => {
      const activity = known.get(id)
      if (!activity) return []
      const name = activity.user.uuid === viewer?.uuid ? 'Your crud' : `${activity.user.display_name}’s crud`
      return [{ uuid: id, expiresAtMs: Date.parse(activity.expires_at), name }]
    })
    return { shown, followed }
  })

  useEffect(() => {
    const check = watchExpiries()
    let timer: ReturnType<typeof setTimeout> | undefined
    let position: FocusPosition | null = null
    const onTime = () => {
      clearTimeout(timer)
      clock.detectSleep()
      const now = clock.now()
      const { shown, followed } = readPage()
      const { announcement, nextCheck } = check(now, shown, followed)
      if (announcement) announce(announcement)
      if (position && isFocusLost()) restoreFocus(position)
      timer = setTimeout(onTime, nextCheck - now)
    }
    const onFocus = () => {
      position = focusPosition()
      onTime()
    }
    // A click outside the activities removes the focus on purpose.
    const onPointerDown = () => {
      position = null
    }
    onTime()
    document.addEventListener('focusin', onFocus)
    document.addEventListener('pointerdown', onPointerDown)
    document.addEventListener('visibilitychange', onTime)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('pointerdown', onPointerDown)
      document.removeEventListener('visibilitychange', onTime)
    }
  }, [clock, announce])
}

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import type { NewPosts } from '../../../queries/activities/new-posts.ts'
import { removeExpired } from '../../../queries/cache/cached-activities.ts'
import { useExpiry } from '../../../time/clock.tsx'
import { announce } from '../../a11y/announce.ts'

type NewItemsButtonProps = NewPosts & {
  /** What the items are: their singular and plural. */
  nouns: readonly [string, string]
  /** The activities on screen. */
  items: readonly Activity[]
  /** Puts the new items on screen. */
  show: () => void
  /** Where the button is, seen from the list. */
  position: 'above' | 'below'
}

/** "3 new cruds" above or below a list; a press shows them and moves the focus to the first. */
export function NewItemsButton({ fresh, hasMore, nouns, items, show, position }: NewItemsButtonProps) {
  const queries = useQueryClient()
  const count = fresh.length
  const words = count === 0 ? '' : `${count}${hasMore ? '+' : ''} new ${nouns[count === 1 && !hasMore ? 0 : 1]}`
  useExpiry(
    fresh.map(({ expires_at }) => expires_at),
    (now) => removeExpired(queries, now),
  )
  useAnnouncement(words)

  const uuidToFocus = useRef<string>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the card is there once the list shows other items
  useEffect(() => {
    const card = document.getElementById(uuidToFocus.current ?? '')
    if (!card) return
    uuidToFocus.current = null
    if (position === 'above') window.scrollTo(0, 0)
    // The hints for new users above the feed can fill the screen; then the focus scrolls past them.
    card.focus({ preventScroll: position === 'above' && card.getBoundingClientRect().top < innerHeight / 2 })
  }, [items])

  const press = () => {
    uuidToFocus.current = fresh[0]?.uuid ?? null
    show()
  }
  return (
    <div className={`new-items ${position}`}>
      {words && (
        <button type="button" className="button small" onClick={press}>
          {words}
        </button>
      )}
    </div>
  )
}

/** Shortest time between two announcements, in ms. */
const ANNOUNCE_INTERVAL_MS = 60_000

/** Announces the number of new items, once a minute at most. */
function useAnnouncement(words: string): void {
  const last = useRef({ words: '', time: Number.NEGATIVE_INFINITY })
  useEffect(() => {
    const { time } = last.current
    if (words === '') last.current = { words, time }
    if (words === last.current.words) return
    const announceWords = () => {
      last.current = { words, time: performance.now() }
      announce(words)
    }
    const timer = setTimeout(announceWords, Math.max(0, time + ANNOUNCE_INTERVAL_MS - performance.now()))
    return () => clearTimeout(timer)
  }, [words])
}

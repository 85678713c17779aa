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
  /** Above the list, or below it. */
  place: 'above' | 'below'
}

/** "3 new cruds" beside a list that somebody reads: a press shows them and moves the focus to the first. */
export function NewItemsButton({ fresh, more, nouns, items, show, place }: NewItemsButtonProps) {
  const queries = useQueryClient()
  const count = fresh.length
  const words = count === 0 ? '' : `${count}${more ? '+' : ''} new ${nouns[count === 1 && !more ? 0 : 1]}`
  useExpiry(
    fresh.map(({ expires_at }) => expires_at),
    (now) => removeExpired(queries, now),
  )
  useAnnouncement(words)

  const first = useRef<string>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is there once the list shows other items
  useEffect(() => {
    const card = document.getElementById(first.current ?? '')
    if (!card) return
    first.current = null
    if (place === 'above') window.scrollTo(0, 0)
    // What a new user sees above the feed can fill the screen; then the focus scrolls past it.
    card.focus({ preventScroll: place === 'above' && card.getBoundingClientRect().top < innerHeight / 2 })
  }, [items])

  const press = () => {
    first.current = fresh[0]?.uuid ?? null
    show()
  }
  return (
    <div className={`new-items ${place}`}>
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
  const told = useRef({ words: '', at: Number.NEGATIVE_INFINITY })
  useEffect(() => {
    const { at } = told.current
    if (words === '') told.current = { words, at }
    if (words === told.current.words) return
    const tell = () => {
      told.current = { words, at: performance.now() }
      announce(words)
    }
    const timer = setTimeout(tell, Math.max(0, at + ANNOUNCE_INTERVAL_MS - performance.now()))
    return () => clearTimeout(timer)
  }, [words])
}

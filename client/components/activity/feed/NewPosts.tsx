import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { useApi } from '../../../app-context.tsx'
import {
  cachedFeed,
  type NewestFeed,
  newPostsOf,
  newPostsQuery,
  refreshCounts,
  showNewPosts,
} from '../../../queries/activities/new-posts.ts'
import { removeExpired } from '../../../queries/cache/cached-activities.ts'
import { useExpiry } from '../../../time/clock.tsx'
import { announce } from '../../a11y/announce.ts'

type NewPostsProps = {
  feed: NewestFeed
  viewer: User
  /** The activities that the feed shows. */
  items: readonly Activity[]
}

/**
 * "3 new cruds" over a feed that somebody reads: a press puts them on top and leads there. Until then nothing moves; but the
 * counts of what is there are renewed.
 */
export function NewPosts({ feed, viewer, items }: NewPostsProps) {
  const queries = useQueryClient()
  const { data, dataUpdatedAt } = useQuery(newPostsQuery(useApi(), queries, feed))
  const newest = data?.pages[0] ?? { data: [], next_cursor: null }
  const { fresh, more } = newPostsOf(cachedFeed(queries, feed), newest, viewer.uuid)
  const words = wordsFor(fresh.length, more)
  useExpiry(
    fresh.map(({ expires_at }) => expires_at),
    (now) => removeExpired(queries, now),
  )
  useAnnouncement(words)
  useEffect(() => {
    if (dataUpdatedAt > 0) refreshCounts(queries, feed)
  }, [queries, feed, dataUpdatedAt])

  const first = useRef<string>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is there once the feed shows other items
  useEffect(() => {
    const crud = document.getElementById(first.current ?? '')
    if (!crud) return
    first.current = null
    window.scrollTo(0, 0)
    crud.focus({ preventScroll: true })
  }, [items])

  const press = () => {
    first.current = fresh[0]?.uuid ?? null
    showNewPosts(queries, feed, newest, viewer.uuid)
  }
  return (
    <div className="new-posts">
      {words && (
        <button type="button" className="button small" onClick={press}>
          {words}
        </button>
      )}
    </div>
  )
}

function wordsFor(count: number, more: boolean): string {
  if (count === 0) return ''
  if (more) return `${count}+ new cruds`
  return count === 1 ? '1 new crud' : `${count} new cruds`
}

/** Shortest time between two announcements, in ms. */
const ANNOUNCE_INTERVAL_MS = 60_000

/** Announces the number of new posts, once a minute at most. */
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

import { useIsMutating, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Form } from 'react-router'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Suggestion } from '../../../worker/contract/arrival.ts'
import { ARRIVAL_FOLLOWS_MAX } from '../../../worker/contract/limits.ts'
import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { arrivalQuery } from '../../queries/users/arrival.ts'
import { removeExpiredLatest } from '../../queries/users/dismiss-arrival.ts'
import { sessionQuery } from '../../queries/users/session.ts'
import { paths } from '../../routing/paths.ts'
import { useExpiry } from '../../time/clock.tsx'
import { Button } from '../../ui/button/Button.tsx'
import { SuggestedUser } from './SuggestedUser.tsx'

type ArrivalProps = {
  viewer: User
  /** What the feed shows. With one of the viewer's own in it, the hint at their first crud is no longer shown. */
  activities: readonly Activity[]
}

/** Onboarding above a new user's home feed: what the feed is, a hint at the first crud, and people to follow. Nothing for others. */
export function Arrival({ viewer, activities }: ArrivalProps) {
  const api = useApi()
  const queries = useQueryClient()
  const { data: arrival } = useQuery({ ...arrivalQuery(api), enabled: false })
  const { data: session } = useQuery(sessionQuery(api))
  const followsNobody = session?.follows_nobody
  // As of the mount, so that the sentence stays after the first follow.
  const [followedNobody] = useState(followsNobody)
  const people = arrival?.people ?? []
  const hasTheirCruds = useFollowedCruds(people)
  useExpiry(
    people.flatMap(({ latest }) => latest?.expires_at ?? []),
    (now) => removeExpiredLatest(queries, now),
  )
  const hasPosted = arrival?.has_posted !== false || activities.some(({ user }) => user.uuid === viewer.uuid)
  const isOffered = people.length > 0 || !hasPosted
  if (!isOffered && !followedNobody) return null
  return (
    <section className="arrival" aria-label="Getting started">
      {followedNobody && (
        <p>
          {followsNobody
            ? 'You’re not following anyone yet. Here’s what everyone is saying.'
            : hasTheirCruds
              ? 'Cruds of people you follow show up here.'
              : 'Cruds of people you follow will show up here. Until then, here’s what everyone is saying.'}
        </p>
      )}
      {!hasPosted && (
        <p>Write your first crud above. You choose how long it burns, and then it’s gone from everywhere, for good.</p>
      )}
      {isOffered && (
        <Form method="post" action={paths.arrival()} preventScrollReset>
          <Button small look="quiet">
            Dismiss
          </Button>
        </Form>
      )}
      {people.length > 0 && (
        <section aria-labelledby="suggestions">
          <h2 id="suggestions">Find people to follow</h2>
          <p>{describeProgress((arrival?.following_count ?? 0) + people.filter(isFollowed).length)}</p>
          <ul className="suggested-users">
            {people.map((person) => (
              <SuggestedUser key={person.uuid} person={person} />
            ))}
          </ul>
        </section>
      )}
    </section>
  )
}

const isFollowed = ({ viewer }: { viewer: { following: string } | null }) => viewer?.following === 'yes'

/** Refetches the home feed when people with cruds are followed. Returns whether there are such people. */
function useFollowedCruds(people: readonly Suggestion[]): boolean {
  const queries = useQueryClient()
  const isSaving = useIsMutating({ mutationKey: ['toggle', 'follow'] }) > 0
  const count = people.filter((person) => isFollowed(person) && person.latest).length
  const shownCount = useRef(count)
  useEffect(() => {
    if (isSaving || count === shownCount.current) return
    shownCount.current = count
    void queries.invalidateQueries({ queryKey: ['activities', 'home'] })
  }, [queries, isSaving, count])
  return count > 0
}

/** "Follow 3 more people to fill your home feed." */
function describeProgress(followed: number): string {
  const left = ARRIVAL_FOLLOWS_MAX - followed
  if (left <= 0) return 'That’s a good start. Their cruds show up here.'
  return `Follow ${left} ${followed > 0 ? 'more ' : ''}${left === 1 ? 'person' : 'people'} to fill your home feed.`
}

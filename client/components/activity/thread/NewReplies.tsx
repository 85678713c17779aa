import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { useApi } from '../../../app-context.tsx'
import { ApiError } from '../../../net/api.ts'
import { pollOptions } from '../../../net/polling.ts'
import { activityQuery } from '../../../queries/activities/activities.ts'
import {
  cachedReplies,
  newRepliesOf,
  newRepliesQuery,
  refreshReplies,
  showNewReplies,
  type Thread,
} from '../../../queries/activities/new-replies.ts'
import { updateActivity } from '../../../queries/cache/cached-activities.ts'
import { useClock, useExpiry } from '../../../time/clock.tsx'
import { NewItemsButton } from '../feed/NewItemsButton.tsx'

type NewRepliesProps = {
  activity: Activity
  /** Cursor from which on its replies are listed. */
  start: string | null
  viewer: User
  /** The replies that the thread shows. */
  items: readonly Activity[]
}

/** Button with the number of new replies below a thread, which it polls. Until a press, only counts and deletions are shown. */
export function NewReplies({ activity, start, viewer, items }: NewRepliesProps) {
  const api = useApi()
  const queries = useQueryClient()
  const clock = useClock()
  const thread: Thread = { uuid: activity.uuid, start }
  const [hasExpired, setHasExpired] = useState(false)
  useExpiry([activity.expires_at], () => setHasExpired(true))
  const { data, dataUpdatedAt } = useQuery({ ...newRepliesQuery(api, queries, thread), enabled: !hasExpired })
  const { error } = useQuery({ ...activityQuery(api, activity.uuid), ...pollOptions(), enabled: !hasExpired })
  const polledPage = data?.pages[0] ?? { data: [], next_cursor: null }
  const { uuid } = activity
  useEffect(() => {
    // Deleted by its author: the page treats it as expired.
    if (!(error instanceof ApiError) || error.status !== 410) return
    const now = new Date(clock.now()).toISOString()
    // Later polls fail too. They must not set a later expiry, or the card would come back.
    updateActivity(queries, uuid, (deleted) => (deleted.expires_at < now ? deleted : { ...deleted, expires_at: now }))
  }, [queries, uuid, clock, error])
  useEffect(() => {
    if (dataUpdatedAt > 0) refreshReplies(api, queries, { uuid, start }, viewer.uuid)
  }, [api, queries, uuid, start, viewer.uuid, dataUpdatedAt])
  return (
    <NewItemsButton
      {...newRepliesOf(cachedReplies(api, queries, thread), polledPage, viewer.uuid)}
      nouns={['reply', 'replies']}
      items={items}
      show={() => showNewReplies(api, queries, thread, polledPage, viewer.uuid)}
      position="below"
    />
  )
}

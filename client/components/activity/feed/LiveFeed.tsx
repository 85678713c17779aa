import { useQueryClient } from '@tanstack/react-query'
import type { ComponentProps } from 'react'
import { removeExpired } from '../../../queries/cache/cached-activities.ts'
import { useExpiry } from '../../../time/clock.tsx'
import { Feed } from './Feed.tsx'

/** A feed from the query cache: expired activities are removed from the cache, not only hidden. */
export function LiveFeed(props: ComponentProps<typeof Feed>) {
  const queries = useQueryClient()
  useExpiry(
    props.activities.map((activity) => activity.expires_at),
    (now) => removeExpired(queries, now),
  )
  return <Feed {...props} />
}

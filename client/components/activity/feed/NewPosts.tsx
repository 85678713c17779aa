import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
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
import { NewItemsButton } from './NewItemsButton.tsx'

type NewPostsProps = {
  feed: NewestFeed
  viewer: User
  /** The activities that the feed shows. */
  items: readonly Activity[]
}

/**
 * Button with the number of new activities above a feed; a press puts them on top and scrolls there. Until then the feed does not
 * move, and only the counts on its cards change.
 */
export function NewPosts({ feed, viewer, items }: NewPostsProps) {
  const queries = useQueryClient()
  const { data, dataUpdatedAt } = useQuery(newPostsQuery(useApi(), queries, feed))
  const newest = data?.pages[0] ?? { data: [], next_cursor: null }
  useEffect(() => {
    if (dataUpdatedAt > 0) refreshCounts(queries, feed)
  }, [queries, feed, dataUpdatedAt])
  return (
    <NewItemsButton
      {...newPostsOf(cachedFeed(queries, feed), newest, viewer.uuid)}
      nouns={['crud', 'cruds']}
      items={items}
      show={() => showNewPosts(queries, feed, newest, viewer.uuid)}
      position="above"
    />
  )
}

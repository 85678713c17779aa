import { queryOptions } from '@tanstack/react-query'
import { tagPathSegment } from '../../../worker/contract/tag-path.ts'
import { type Api, read } from '../../net/api.ts'
import { activityList, pageParams } from './activities.ts'

/** Stale time of trending tags, in ms; the cron ranks them each minute. */
const TRENDING_STALE_MS = 60_000

/** Number of trending tags in the sidebar. */
export const SIDEBAR_TAGS = 5

/** Activities that match a search term, newest first. */
export const searchQuery = (api: Api, term: string, start: string | null) =>
  activityList(['search', term], start, (cursor) =>
    read(api.activities.search.$get({ query: { term, ...pageParams(cursor) } })),
  )

/** Activities with a tag, newest first. */
export const tagQuery = (api: Api, tag: string, start: string | null) =>
  activityList(['tag', tag], start, (cursor) =>
    read(api.tags[':tag'].$get({ param: { tag: tagPathSegment(tag) }, query: pageParams(cursor) })),
  )

/** The first `limit` trending tags. */
export const trendingQuery = (api: Api, limit: number) =>
  queryOptions({
    queryKey: ['trending', limit],
    queryFn: () => read(api.tags.trending.$get({ query: { limit: `${limit}` } })),
    staleTime: TRENDING_STALE_MS,
  })

import { queryOptions } from '@tanstack/react-query'
import { tagSegment } from '../../../worker/contract/tag-segment.ts'
import { type Api, read } from '../../net/api.ts'
import { activityList, pageParams } from './activities.ts'

/** Stale time of trending tags, in ms; the cron ranks them each minute. */
const TRENDING_STALE_MS = 60_000

/** Number of tags to fetch; the sidebar shows fewer. */
const TRENDING_LIMIT = '10'

/** Activities that match a search term, newest first. */
export const searchQuery = (api: Api, term: string, start: string | null) =>
  activityList(['search', term], start, (cursor) =>
    read(api.activities.search.$get({ query: { term, ...pageParams(cursor) } })),
  )

/** Activities with a tag, newest first. */
export const tagQuery = (api: Api, tag: string, start: string | null) =>
  activityList(['tag', tag], start, (cursor) =>
    read(api.tags[':tag'].$get({ param: { tag: tagSegment(tag) }, query: pageParams(cursor) })),
  )

/** Trending tags. */
export const trendingQuery = (api: Api) =>
  queryOptions({
    queryKey: ['trending'],
    queryFn: () => read(api.tags.trending.$get({ query: { limit: TRENDING_LIMIT } })),
    staleTime: TRENDING_STALE_MS,
  })

import { queryOptions } from '@tanstack/react-query'
import { tagSegment } from '../../worker/contract/tag-segment.ts'
import { type Api, read } from '../net/api.ts'
import { activityList, pageParams } from './activities.ts'

/** How long what is talked about counts as fresh, ms; the cron writes it each minute. */
const TRENDING_FRESH = 60_000

/** So many tags are read; a sidebar shows fewer. */
const TRENDING_LIMIT = '10'

/** Live cruds that say what is looked for, newest first. */
export const searchQuery = (api: Api, term: string, start: string | null) =>
  activityList(['search', term], start, (cursor) =>
    read(api.activities.search.$get({ query: { term, ...pageParams(cursor) } })),
  )

/** Live cruds with a tag, newest first. */
export const tagQuery = (api: Api, tag: string, start: string | null) =>
  activityList(['tag', tag], start, (cursor) =>
    // The typed client puts a parameter into the address as it is.
    read(api.tags[':tag'].$get({ param: { tag: tagSegment(tag) }, query: pageParams(cursor) })),
  )

/** What is talked about. */
export const trendingQuery = (api: Api) =>
  queryOptions({
    queryKey: ['trending'],
    queryFn: () => read(api.tags.trending.$get({ query: { limit: TRENDING_LIMIT } })),
    staleTime: TRENDING_FRESH,
  })

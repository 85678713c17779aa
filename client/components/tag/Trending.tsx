import { type ReactNode, useId } from 'react'
import { useApi } from '../../app-context.tsx'
import { trendingQuery } from '../../queries/activities/search.ts'
import { useQueryData } from '../../queries/cache/use-query-data.ts'
import { paths } from '../../routing/paths.ts'

type TrendingProps = {
  limit: number
  /** False: shows cached tags and fetches none. */
  enabled?: boolean
  /** Shown if there are none. */
  empty?: ReactNode
}

/** Trending tags, each with its number of live activities. */
export function Trending({ limit, enabled = true, empty = null }: TrendingProps) {
  const titleId = useId()
  const tags = useQueryData({ ...trendingQuery(useApi(), limit), enabled })?.data ?? []
  if (tags.length === 0) return empty
  return (
    <section className="trending" aria-labelledby={titleId}>
      <h2 id={titleId}>Trending</h2>
      <p className="soft">Most used recently first.</p>
      <ul>
        {tags.map(({ tag, cruds_count }) => (
          <li key={tag}>
            <a href={paths.tag(tag)}>
              <b dir="auto">{`#${tag}`}</b> <span>{cruds_count === 1 ? '1 crud' : `${cruds_count} cruds`}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

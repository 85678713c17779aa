import * as z from 'zod/mini'

/** A trending tag, and its number of live activities. */
export const trendingTag = z.object({ tag: z.string(), cruds_count: z.number() })
trendingTag.register(z.globalRegistry, { id: 'trending_tag' })
export type TrendingTag = z.infer<typeof trendingTag>

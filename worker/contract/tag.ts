import * as z from 'zod/mini'

/** A tag that is talked about, and how many live cruds have it. */
export const trendingTag = z.object({ tag: z.string(), cruds_count: z.number() })
trendingTag.register(z.globalRegistry, { id: 'trending_tag' })
export type TrendingTag = z.infer<typeof trendingTag>

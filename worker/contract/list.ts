import * as z from 'zod/mini'
import { PAGE_DEFAULT, PAGE_MAX } from './limits.ts'

/** One page of a list. `next_cursor` is null on the last page. */
export type List<T> = { data: T[]; next_cursor: string | null }

/** The schema of a page of a list. */
export const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ data: z.array(item), next_cursor: z.nullable(z.string()) })

/** Query of every list: an opaque `cursor` from the previous page, and a `limit` of 1 to 100. */
export const listQuery = z.object({
  cursor: z.optional(z.string().check(z.maxLength(200, { error: 'cursor_malformed' }))),
  limit: z
    ._default(
      z
        .pipe(z.string().check(z.regex(/^[1-9]\d{0,2}$/, { error: 'limit_malformed' })), z.transform(Number))
        .check(z.refine((limit) => limit <= PAGE_MAX, { error: 'limit_malformed' })),
      PAGE_DEFAULT,
    )
    .register(z.globalRegistry, { type: 'integer', minimum: 1, maximum: PAGE_MAX, pattern: undefined }),
})

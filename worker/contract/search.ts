import * as z from 'zod/mini'
import { audience } from './audience-schema.ts'
import { SEARCH_TERM_MAX } from './limits.ts'
import { listQuery } from './list.ts'
import { text } from './text.ts'

/** Query of a search for activities or users. */
export const searchQuery = z.extend(listQuery, {
  term: text({
    blank: 'search_term_blank',
    tooLong: 'search_term_exceed_max_chars',
    invalid: 'search_term_blank',
    max: SEARCH_TERM_MAX,
  }),
})

/** Query of the completion of mentions. `prefix`: beginning of a handle or a name, with or without @. */
export const prefixQuery = z.extend(listQuery, {
  prefix: z
    .string({ error: 'search_term_blank' })
    .check(z.regex(/^@?[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_ .'’-]{0,59}$/u, { error: 'search_term_blank' })),
})

/** Query of the mentioned users who would not see an activity. `handles`: up to 100, with commas between them. */
export const unreachedQuery = z.object({
  audience,
  handles: z.pipe(
    z.string().check(z.regex(/^\w{1,30}(,\w{1,30}){0,99}$/)),
    z.transform((handles) => handles.toLowerCase().split(',')),
  ),
})

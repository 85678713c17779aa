import { except } from 'hono/combine'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import { contentHash } from '../content-hash.ts'

const CORS_HEADERS = ['Access-Control-Allow-Origin', 'Access-Control-Expose-Headers']

/**
 * Tags the API's answers. Weak: whatever compresses an answer on its way leaves a weak tag alone. A download has none: its
 * bytes go out before the last of them are known.
 */
export const apiEtag = except(
  '/api/profile/export',
  etag({ weak: true, generateDigest: contentHash, retainedHeaders: [...RETAINED_304_HEADERS, ...CORS_HEADERS] }),
)

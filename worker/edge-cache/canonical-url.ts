import { tagOf } from '../contract/linkify.ts'
import { tagPathSegment } from '../contract/tag-path.ts'
import { isUuid } from '../models/paging.ts'
import { IMAGE_NUMBERS, ROUTE_PATTERNS } from './cacheable-routes.ts'

/** Return the canonical spelling of a path parameter, or null if it is invalid. */
const SPELL: Record<string, (segment: string) => string | null> = {
  ':at_handle': (segment) => (/^@\w{1,30}$/.test(segment) ? segment.toLowerCase() : null),
  ':uuid': (segment) => (isUuid(segment) ? segment.toLowerCase() : null),
  ':tag': (segment) => {
    const tag = tagOf(decodeSegment(segment))
    return tag === null ? null : encodeURIComponent(tagPathSegment(tag))
  },
  ':n': (segment) => (IMAGE_NUMBERS.includes(segment) ? segment : null),
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return ''
  }
}

/** Length limit of a cacheable URL, in characters. */
const LENGTH_MAX = 2_000

/** A cacheable URL in its canonical spelling, and the pattern of its route. */
export type Cacheable = { url: URL; route: string }

/**
 * Returns the canonical URL: known query keys in a fixed order, handles, uuids and tags in lower case. Cache entries are
 * rendered for this URL only, so that nothing else of a request can get into the cache. Null if it is not cacheable.
 */
export function toCacheable({ origin, pathname, searchParams }: URL): Cacheable | null {
  const segments = pathname.split('/')
  for (const { route, segments: pattern, keys } of ROUTE_PATTERNS) {
    const path = spellPath(pattern, segments)
    if (path === null) continue
    const query = spellQuery(keys, searchParams)
    const url = query === null ? null : `${origin}${path}${query}`
    return url === null || url.length > LENGTH_MAX ? null : { url: new URL(url), route }
  }
  return null
}

function spellPath(pattern: string[], segments: string[]): string | null {
  if (segments.length !== pattern.length) return null
  const spelled: string[] = []
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? ''
    const spelling = part.startsWith(':') ? SPELL[part]?.(segment) : segment === part ? part : null
    if (spelling == null) return null
    spelled.push(spelling)
  }
  return spelled.join('/')
}

/** Returns the canonical query; null for a repeated key, since its readers could disagree on which value counts. */
function spellQuery(keys: readonly string[], given: URLSearchParams): string | null {
  const query = new URLSearchParams()
  for (const key of keys) {
    const [value, ...more] = given.getAll(key)
    if (more.length > 0) return null
    if (value !== undefined) query.set(key, value)
  }
  return query.size === 0 ? '' : `?${query}`
}

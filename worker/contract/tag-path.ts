/**
 * Returns the path segment of a tag in API URLs, not yet percent-encoded. /api/tags/trending is the list of trending tags, so the tag "trending" becomes
 * "Trending": tags are case-insensitive.
 */
export const tagPathSegment = (tag: string): string => (tag === 'trending' ? 'Trending' : tag)

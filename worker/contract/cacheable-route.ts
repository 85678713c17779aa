/**
 * What a cacheable route shows, which decides when its entries are purged: `feed` activities of all users, `thread` one activity and
 * its replies, `reactions` who liked or reposted it, `image` one of its images, `author` a user's activities, `user` a user only, `tag`
 * activities with a tag. `other` is never purged and expires by its TTL.
 */
export type CachedContent = 'feed' | 'thread' | 'reactions' | 'image' | 'author' | 'user' | 'tag' | 'other'

/** The query keys of a route in canonical order, with their allowed values or 'text' for any. */
export type QueryKeys = Record<string, readonly string[] | 'text'>

/** A route that the edge may cache for signed-out viewers. */
export type CacheableRoute = {
  /** Pattern, such as /:at_handle/status/:uuid. */
  route: string
  shows: CachedContent
  query: QueryKeys
}

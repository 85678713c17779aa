/**
 * What a cacheable route shows, and so what is purged when that is deleted: `feed` anybody's activities, `thread` one activity
 * and its replies, `reactions` who liked or reposted it, `author` a user's activities, `user` a user alone, `tag` activities
 * with a tag. Entries of `other` are left to expire.
 */
export type Shown = 'feed' | 'thread' | 'reactions' | 'author' | 'user' | 'tag' | 'other'

/** The query keys of a route in their canonical order; each has its values, or takes any text. */
export type QueryKeys = Record<string, readonly string[] | 'text'>

/** A route whose answers the edge may cache for signed-out readers. */
export type CacheableRoute = {
  /** Its pattern, such as /:at_handle/status/:uuid. */
  route: string
  shows: Shown
  query: QueryKeys
}

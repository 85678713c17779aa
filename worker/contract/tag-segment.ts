/**
 * What stands for a tag in addresses of the API. `trending` in small letters is its list of trending tags; tags are alike
 * without regard to case, so the tag of that name is asked for with a capital.
 */
export const tagSegment = (tag: string): string => (tag === 'trending' ? 'Trending' : tag)

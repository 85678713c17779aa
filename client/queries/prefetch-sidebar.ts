import type { QueryClient } from '@tanstack/react-query'
import type { Api } from '../net/api.ts'
import { sidebarActivitiesQuery } from './activities.ts'
import { trendingQuery } from './search.ts'
import { suggestedUsersQuery } from './suggested-users.ts'

/** Prefetches the sidebar. Never rejects: the page works without it. */
export async function prefetchSidebar(api: Api, queries: QueryClient, signedIn: boolean): Promise<void> {
  await Promise.all([
    queries.prefetchInfiniteQuery(sidebarActivitiesQuery(api, signedIn)),
    queries.prefetchQuery(trendingQuery(api)),
    signedIn && queries.prefetchQuery(suggestedUsersQuery(api)),
  ])
}

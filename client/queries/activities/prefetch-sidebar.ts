import type { QueryClient } from '@tanstack/react-query'
import type { Api } from '../../net/api.ts'
import { suggestedUsersQuery } from '../users/suggested-users.ts'
import { sidebarActivitiesQuery } from './activities.ts'
import { SIDEBAR_TAGS, trendingQuery } from './search.ts'

/** Prefetches the sidebar. Never rejects: the page works without it. */
export async function prefetchSidebar(api: Api, queries: QueryClient, signedIn: boolean): Promise<void> {
  await Promise.all([
    queries.prefetchInfiniteQuery(sidebarActivitiesQuery(api, signedIn)),
    queries.prefetchQuery(trendingQuery(api, SIDEBAR_TAGS)),
    signedIn && queries.prefetchQuery(suggestedUsersQuery(api)),
  ])
}

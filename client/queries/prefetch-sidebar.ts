import type { QueryClient } from '@tanstack/react-query'
import type { Api } from '../net/api.ts'
import { besideQuery } from './activities.ts'
import { trendingQuery } from './search.ts'
import { suggestedPeopleQuery } from './suggested-users.ts'

/** Reads what the sidebar shows. Never rejects: a page is not worse for lacking what stands beside it. */
export async function prefetchBeside(api: Api, queries: QueryClient, signedIn: boolean): Promise<void> {
  await Promise.all([
    queries.prefetchInfiniteQuery(besideQuery(api, signedIn)),
    queries.prefetchQuery(trendingQuery(api)),
    signedIn && queries.prefetchQuery(suggestedPeopleQuery(api)),
  ])
}

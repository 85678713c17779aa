import type { QueryClient } from '@tanstack/react-query'
import type { Api } from '../lib/api.ts'
import { lastLightQuery } from './activities.ts'
import { suggestedPeopleQuery } from './people.ts'
import { trendingQuery } from './search.ts'

/** So many cruds of the last light are read for the sidebar. */
export const LAST_LIGHT_READ = 6

/** Reads what the sidebar shows. Never rejects: a page is not worse for lacking what stands beside it. */
export async function prefetchBeside(api: Api, queries: QueryClient, signedIn: boolean): Promise<void> {
  await Promise.all([
    queries.prefetchInfiniteQuery(lastLightQuery(api, null, LAST_LIGHT_READ)),
    queries.prefetchQuery(trendingQuery(api)),
    signedIn && queries.prefetchQuery(suggestedPeopleQuery(api)),
  ])
}

import type { QueryClient } from '@tanstack/react-query'
import type { Arrival as ArrivalData } from '../../../worker/contract/arrival.ts'
import type { Api } from '../../net/api.ts'
import { arrivalQuery } from '../../queries/users/arrival.ts'
import type { Arrival } from './Arrival.tsx'

let loaded: typeof Arrival | undefined

/** Loads the component that home shows to new users. It has a chunk of its own, since most visitors never see it. */
export async function loadArrival(): Promise<void> {
  loaded ??= (await import('./Arrival.tsx')).Arrival
}

/** Returns the component; undefined until `loadArrival` has loaded it. */
export const loadedArrival = (): typeof Arrival | undefined => loaded

/** Prefetches the data that home shows to a new user, and loads the component if there is some. Never rejects: home works without it. */
export async function prefetchArrival(api: Api, queries: QueryClient): Promise<void> {
  await queries.prefetchQuery(arrivalQuery(api))
  if (offersArrival(api, queries)) await loadArrival().catch(() => {})
}

/** Whether home has something to show to this user. */
export function offersArrival(api: Api, queries: QueryClient): boolean {
  const data = queries.getQueryData<ArrivalData>(arrivalQuery(api).queryKey)
  return data !== undefined && (data.people.length > 0 || data.following_count === 0 || !data.has_posted)
}

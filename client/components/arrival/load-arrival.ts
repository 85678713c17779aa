import type { QueryClient } from '@tanstack/react-query'
import type { Arrival as Shown } from '../../../worker/contract/arrival.ts'
import type { Api } from '../../net/api.ts'
import { arrivalQuery } from '../../queries/users/arrival.ts'
import type { Arrival } from './Arrival.tsx'

let loaded: typeof Arrival | undefined

/** Loads what home shows new users. Its chunk is not part of home, since most visitors have arrived. */
export async function loadArrival(): Promise<void> {
  loaded ??= (await import('./Arrival.tsx')).Arrival
}

/** Returns the component once `loadArrival` is done. */
export const loadedArrival = (): typeof Arrival | undefined => loaded

/** Prefetches what home shows a new user, and loads its component if it shows something. Never rejects: home works without it. */
export async function prefetchArrival(api: Api, queries: QueryClient): Promise<void> {
  await queries.prefetchQuery(arrivalQuery(api))
  if (offersArrival(api, queries)) await loadArrival().catch(() => {})
}

/** Returns whether home shows a new user something. */
export function offersArrival(api: Api, queries: QueryClient): boolean {
  const shown = queries.getQueryData<Shown>(arrivalQuery(api).queryKey)
  return shown !== undefined && (shown.people.length > 0 || shown.following_count === 0 || !shown.has_posted)
}

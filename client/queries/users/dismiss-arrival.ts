import type { QueryClient } from '@tanstack/react-query'
import type { Arrival } from '../../../worker/contract/arrival.ts'
import { read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'

const updateArrival = (queries: QueryClient, change: (arrival: Arrival) => Arrival) =>
  queries.setQueryData<Arrival>(['arrival'], (arrival) => arrival && change(arrival))

/** Dismisses what home shows the viewer as a new user, for good. */
export async function dismissArrival({ api, queries }: Pick<LoaderContext, 'api' | 'queries'>): Promise<void> {
  await read(api.arrival.$delete())
  updateArrival(queries, (arrival) => ({ ...arrival, people: [], has_posted: true }))
}

/** Removes the newest activities of suggested users that have expired by `now` (ms, the server's clock). */
export const removeExpiredLatest = (queries: QueryClient, now: number) =>
  updateArrival(queries, (arrival) => ({
    ...arrival,
    people: arrival.people.map((person) =>
      person.latest && Date.parse(person.latest.expires_at) <= now ? { ...person, latest: null } : person,
    ),
  }))

import { type Read, readsOf } from './scale-reads.ts'
import type { ScaleSite, ScaleSites, SizeName } from './scale-sites.ts'

/**
 * Times of a read at the database, in ms, on the small and the large site alternately, so that other load on the machine
 * affects both; and the number of items in each answer, null if it is no list.
 */
export type Sampled = { read: Read; small: number[]; large: number[]; items: Record<SizeName, number | null> }

const WARM_UPS = 3

/** Runs each read on both sites. */
export async function sampleReads(sites: ScaleSites, samples: number): Promise<Sampled[]> {
  const [small, large] = await Promise.all([readsOf(sites.small.client), readsOf(sites.large.client)])
  const sampled = small.map((read, index) => ({ read, paths: { small: read.path, large: large[index]?.path ?? '' } }))
  const results = sampled.map(
    ({ read }): Sampled => ({ read, small: [], large: [], items: { small: null, large: null } }),
  )
  for (let round = -WARM_UPS; round < samples; round += 1) {
    for (const [index, { read, paths }] of sampled.entries()) {
      const order: SizeName[] = round % 2 === 0 ? ['small', 'large'] : ['large', 'small']
      for (const name of order) {
        const { ms, items } = await requestOnce(sites, sites[name], { ...read, path: paths[name] })
        const result = results[index] as Sampled
        result.items[name] = items
        if (round >= 0) result[name].push(ms)
      }
    }
  }
  return results
}

/**
 * Sends a request once and measures the time of its round trip at the Neon endpoint.
 * @throws Error if the request fails or does not take exactly one round trip.
 */
async function requestOnce({ services }: ScaleSites, { readers }: ScaleSite, { as, path }: Read) {
  const before = await services.neon.counts()
  const { status, text, body } = await readers[as].get(path)
  if (status !== 200) throw new Error(`${path} was answered by ${status}: ${text}`)
  const after = await services.neon.counts()
  if (after.trips !== before.trips + 1) throw new Error(`${path} took ${after.trips - before.trips} trips.`)
  return { ms: after.ms - before.ms, items: (body.data?.length ?? null) as number | null }
}

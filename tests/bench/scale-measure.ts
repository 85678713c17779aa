import { type Read, readsOf } from './scale-reads.ts'
import type { ScaleSite, ScaleSites, SizeName } from './scale-sites.ts'

/** What a read took at the database, in ms, each time: small and large in turns, so that a busy moment hits both. */
export type Sampled = { read: Read; small: number[]; large: number[] }

const WARM_UPS = 3

/** Makes each read so often of both sites. */
export async function sampleReads(sites: ScaleSites, samples: number): Promise<Sampled[]> {
  const [small, large] = await Promise.all([readsOf(sites.small.client), readsOf(sites.large.client)])
  const sampled = small.map((read, at) => ({ read, paths: { small: read.path, large: large[at]?.path ?? '' } }))
  const results = sampled.map(({ read }): Sampled => ({ read, small: [], large: [] }))
  for (let round = -WARM_UPS; round < samples; round += 1) {
    for (const [at, { read, paths }] of sampled.entries()) {
      const order: SizeName[] = round % 2 === 0 ? ['small', 'large'] : ['large', 'small']
      for (const name of order) {
        const ms = await askOnce(sites, sites[name], { ...read, path: paths[name] })
        if (round >= 0) results[at]?.[name].push(ms)
      }
    }
  }
  return results
}

/**
 * Asks once, and tells what that took between the database's endpoint and its answer.
 * @throws Error if it is no success, or not one trip.
 */
async function askOnce({ services }: ScaleSites, { readers }: ScaleSite, { as, path }: Read): Promise<number> {
  const before = await services.neon.counts()
  const { status, text } = await readers[as].get(path)
  if (status !== 200) throw new Error(`${path} was answered by ${status}: ${text}`)
  const after = await services.neon.counts()
  if (after.trips !== before.trips + 1) throw new Error(`${path} took ${after.trips - before.trips} trips.`)
  return after.ms - before.ms
}

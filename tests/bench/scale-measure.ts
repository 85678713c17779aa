import { type Read, readsOf } from './scale-reads.ts'
import type { ScaleSite, ScaleSites, SizeName } from './scale-sites.ts'

/**
 * What a read took at the database, in ms, each time: small and large in turns, so that a busy moment hits both; and how many
 * items either answered with, null where it is no list.
 */
export type Sampled = { read: Read; small: number[]; large: number[]; items: Record<SizeName, number | null> }

const WARM_UPS = 3

/** Makes each read so often of both sites. */
export async function sampleReads(sites: ScaleSites, samples: number): Promise<Sampled[]> {
  const [small, large] = await Promise.all([readsOf(sites.small.client), readsOf(sites.large.client)])
  const sampled = small.map((read, at) => ({ read, paths: { small: read.path, large: large[at]?.path ?? '' } }))
  const results = sampled.map(
    ({ read }): Sampled => ({ read, small: [], large: [], items: { small: null, large: null } }),
  )
  for (let round = -WARM_UPS; round < samples; round += 1) {
    for (const [at, { read, paths }] of sampled.entries()) {
      const order: SizeName[] = round % 2 === 0 ? ['small', 'large'] : ['large', 'small']
      for (const name of order) {
        const { ms, items } = await askOnce(sites, sites[name], { ...read, path: paths[name] })
        const result = results[at] as Sampled
        result.items[name] = items
        if (round >= 0) result[name].push(ms)
      }
    }
  }
  return results
}

/**
 * Asks once, and tells what that took between the database's endpoint and its answer.
 * @throws Error if it is no success, or not one trip.
 */
async function askOnce({ services }: ScaleSites, { readers }: ScaleSite, { as, path }: Read) {
  const before = await services.neon.counts()
  const { status, text, body } = await readers[as].get(path)
  if (status !== 200) throw new Error(`${path} was answered by ${status}: ${text}`)
  const after = await services.neon.counts()
  if (after.trips !== before.trips + 1) throw new Error(`${path} took ${after.trips - before.trips} trips.`)
  return { ms: after.ms - before.ms, items: (body.data?.length ?? null) as number | null }
}

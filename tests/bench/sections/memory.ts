import type { Bench } from '../bench.ts'
import { load } from '../load.ts'
import { peakMiB, resetPeak } from '../processes.ts'
import type { Report } from '../report.ts'
import { routesOf } from '../route-list.ts'

const CONNECTIONS = 16

/** Peak memory of workerd under concurrent requests for all routes that read. */
export async function memory(bench: Bench): Promise<Report> {
  const { places } = await bench.stack()
  const workerd = await bench.workers()
  const origin = await workerd.urlOf('cruddur')
  const reader = await bench.signIn(origin, 'reader')
  const reads = routesOf(places, reader, reader).filter(({ name, isPaced = false }) => !isPaced && name.startsWith('/'))
  const [first, ...rest] = reads.flatMap(({ requestsOf }) => requestsOf(0))
  if (!first) throw new Error('There is no route that reads.')
  const peakOf = async (work: () => Promise<unknown>) => {
    resetPeak(workerd.pid)
    await work()
    return peakMiB(workerd.pid)
  }
  const before = await peakOf(async () => {})
  const seconds = bench.quick ? 5 : 20
  const under = await peakOf(() =>
    load({ origin, requestsOf: () => [first, ...rest], connections: CONNECTIONS, seconds }),
  )
  return {
    tables: [
      {
        title: 'Memory of workerd, MiB',
        columns: ['when', 'most at once'],
        rows: [
          ['before', before],
          [`${seconds} s of all reads on ${CONNECTIONS} connections`, under],
        ],
        notes: [
          'The process also runs the other Workers of the bench, and local simulations of the edge cache, R2 and Images.',
        ],
      },
    ],
  }
}

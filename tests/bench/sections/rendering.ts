import type { Bench, WorkerName } from '../bench.ts'
import { measure } from '../measure.ts'
import { median } from '../median.ts'
import type { Report } from '../report.ts'
import { cookieOf } from '../route-list.ts'

const ROUNDS = { quick: 3, full: 7 }

type Asked = { worker: WorkerName; path: string; accept: string }

const PAGE: Asked = { worker: 'uncached', path: '/', accept: 'text/html' }
const SAME_DATA: Asked = { worker: 'same-data', path: '/', accept: 'application/json' }
const FEED: Asked = { worker: 'uncached', path: '/api/activities/home', accept: 'application/json' }

/**
 * What it costs to make a page of data: home of somebody signed in, less all that it reads as JSON in one answer. The
 * feed alone stands beside it. All are asked for in turns, since a machine's speed changes as it runs; the middle of the
 * differences counts.
 */
export async function rendering(bench: Bench): Promise<Report> {
  const workerd = await bench.workers()
  const origin = await workerd.urlOf('uncached')
  const cookie = cookieOf(await bench.signIn(origin, 'writer'))
  const headersOf = ({ accept }: Asked) => ({ accept, cookie })
  const textOf = async (asked: Asked) =>
    (await fetch(new URL(asked.path, await workerd.urlOf(asked.worker)), { headers: headersOf(asked) })).text()
  const cruds = sameIn(await textOf(PAGE), await textOf(SAME_DATA))

  const cpuOf = async (asked: Asked) => {
    const { worker, path } = asked
    const requestsOf = (): [{ path: string; headers: Record<string, string> }] => [{ path, headers: headersOf(asked) }]
    return (await measure(bench, { worker, requestsOf, seconds: bench.quick ? 1 : 6 })).cpuMsPerRequest
  }
  const rounds: { page: number; data: number; feed: number }[] = []
  for (let i = 0; i < (bench.quick ? ROUNDS.quick : ROUNDS.full); i += 1)
    rounds.push({ page: await cpuOf(PAGE), data: await cpuOf(SAME_DATA), feed: await cpuOf(FEED) })
  return {
    tables: [
      {
        title: `CPU of home with ${cruds} cruds, ms a request`,
        columns: ['round', 'page', 'its data as JSON', 'page less that', 'its feed as JSON', 'page less that'],
        rows: rounds.map(({ page, data, feed }, at) => [at + 1, page, data, page - data, feed, page - feed]),
      },
    ],
    budgets: [
      {
        what: `CPU of rendering home with ${cruds} cruds beyond JSON`,
        bound: 3,
        measured: median(rounds.map(({ page, data }) => page - data)),
        unit: 'ms',
      },
    ],
  }
}

/**
 * How many cruds the feed of a page has.
 * @throws Error if what the page has read is not what the JSON says, to the letter.
 */
function sameIn(html: string, json: string): number {
  const [, state] = /<script type="application\/json" id="state">(.*?)<\/script>/s.exec(html) ?? []
  if (!state) throw new Error('home has no state')
  type Read = { data?: unknown[] }
  const { queries } = JSON.parse(state) as { queries: [string[], Read & { pages?: Read[] }][] }
  const reads = queries.map(([[kind, name], data]) => ({ kind, name, body: data.pages?.[0] ?? data }))
  const sorted = (bodies: unknown[]) => bodies.map((body) => JSON.stringify(body)).sort()
  if (sorted(reads.map(({ body }) => body)).join() !== sorted(JSON.parse(json)).join())
    throw new Error('home has read something else than same-data.ts')
  return reads.find(({ kind, name }) => kind === 'activities' && name === 'home')?.body.data?.length ?? 0
}

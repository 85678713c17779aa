import type { Bench } from '../bench.ts'
import { measure } from '../measure.ts'
import { median } from '../median.ts'
import type { Report } from '../report.ts'
import { cookieOf } from '../route-list.ts'

const ROUNDS = { quick: 3, full: 7 }

const PATHS = { page: '/', json: '/api/activities/home' }

/**
 * What it costs to make a page of data: home of somebody signed in, less its feed as JSON. The page also reads who they
 * are, what is unread and the sidebar, which counts against it. Both are asked for in turns, since a machine's speed
 * changes as it runs; the middle of the differences counts.
 */
export async function rendering(bench: Bench): Promise<Report> {
  const origin = await (await bench.workers()).urlOf('uncached')
  const cookie = cookieOf(await bench.signIn(origin, 'writer'))
  const cruds = await countCruds(origin, cookie)
  const cpuOf = async (path: string) => {
    const headers = { accept: path === PATHS.page ? 'text/html' : 'application/json', cookie }
    const seconds = bench.quick ? 1 : 6
    return (await measure(bench, { worker: 'uncached', requestsOf: () => [{ path, headers }], seconds }))
      .cpuMsPerRequest
  }
  const rounds: { page: number; json: number }[] = []
  for (let i = 0; i < (bench.quick ? ROUNDS.quick : ROUNDS.full); i += 1)
    rounds.push({ page: await cpuOf(PATHS.page), json: await cpuOf(PATHS.json) })
  const measured = median(rounds.map(({ page, json }) => page - json))
  return {
    tables: [
      {
        title: `CPU of home with ${cruds} cruds, ms a request`,
        columns: ['round', 'page', 'JSON', 'page less JSON'],
        rows: rounds.map(({ page, json }, at) => [at + 1, page, json, page - json]),
      },
    ],
    budgets: [{ what: `CPU of rendering home with ${cruds} cruds beyond JSON`, bound: 3, measured, unit: 'ms' }],
  }
}

async function countCruds(origin: URL, cookie: string): Promise<number> {
  const answer = await fetch(new URL(PATHS.json, origin), { headers: { cookie } })
  const { data } = (await answer.json()) as { data: unknown[] }
  return data.length
}

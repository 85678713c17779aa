import type { Bench, WorkerName } from '../bench.ts'
import { type Cost, measure } from '../measure.ts'
import { median } from '../median.ts'
import type { Report, Table } from '../report.ts'
import { cookieOf } from '../route-list.ts'

const ROUNDS = { quick: 3, full: 7 }

type RenderingRequest = { worker: WorkerName; path: string; accept: string }

const PAGE: RenderingRequest = { worker: 'uncached', path: '/', accept: 'text/html' }
const SAME_DATA: RenderingRequest = { worker: 'same-data', path: '/', accept: 'application/json' }
const FEED: RenderingRequest = { worker: 'uncached', path: '/api/activities/home', accept: 'application/json' }

/** CPU of the Worker in one round, in ms a request. */
type Round = { page: number; data: number; feed: number }

/** Home of a signed-in user on one side. */
type Home = { side: Bench; cookie: string; activities: number; rounds: Round[] }

/**
 * Cost of rendering: CPU of the signed-in home page, less that of the same data as JSON in one answer. The feed alone is
 * measured besides. All are requested in turns, those of another commit too, since a machine's speed changes. The budgets
 * are in section `routes`.
 */
export async function rendering(bench: Bench): Promise<Report> {
  const homes: Home[] = []
  for (const side of await bench.sides()) homes.push(await openHome(side))
  for (let i = 0; i < (bench.quick ? ROUNDS.quick : ROUNDS.full); i += 1)
    for (const home of homes) home.rounds.push(await measureRound(home))
  const [here, there] = homes
  if (!here) throw new Error('There is no side to measure.')
  return { tables: [toTable(here), ...(there ? [toAgainstTable(here, there)] : [])] }
}

async function openHome(side: Bench): Promise<Home> {
  const workerd = await side.workers()
  const cookie = cookieOf(await side.signIn(await workerd.urlOf('uncached'), 'writer'))
  const textOf = async ({ worker, path, accept }: RenderingRequest) => {
    const response = await fetch(new URL(path, await workerd.urlOf(worker)), { headers: { accept, cookie } })
    return response.text()
  }
  return { side, cookie, activities: countSame(await textOf(PAGE), await textOf(SAME_DATA)), rounds: [] }
}

async function measureRound({ side, cookie }: Home): Promise<Round> {
  const cpuOf = async ({ worker, path, accept }: RenderingRequest) => {
    const requestsOf = (): [{ path: string; headers: Record<string, string> }] => [
      { path, headers: { accept, cookie } },
    ]
    const cost: Cost = await measure(side, { worker, requestsOf, seconds: side.quick ? 1 : 4 })
    return cost.cpu.worker
  }
  return { page: await cpuOf(PAGE), data: await cpuOf(SAME_DATA), feed: await cpuOf(FEED) }
}

function toTable({ activities, rounds }: Home): Table {
  const middle = (of: (round: Round) => number) => median(rounds.map(of))
  const row = (label: string, of: (pick: (round: Round) => number) => number) => [
    label,
    of(({ page }) => page),
    of(({ data }) => data),
    of(({ page, data }) => page - data),
    of(({ feed }) => feed),
    of(({ page, feed }) => page - feed),
  ]
  return {
    title: `CPU of home with ${activities} cruds, ms a request`,
    columns: ['round', 'page', 'its data as JSON', 'page less that', 'its feed as JSON', 'page less that'],
    rows: [...rounds.map((round, at) => row(String(at + 1), (pick) => pick(round))), row('median', middle)],
  }
}

function toAgainstTable(here: Home, there: Home): Table {
  const row = (label: string, of: (round: Round) => number) => {
    const [before, after] = [median(there.rounds.map(of)), median(here.rounds.map(of))]
    return [label, before, after, after / before]
  }
  const { name } = there.side.commit
  return {
    title: `CPU of home, medians in ms a request, against ${name}`,
    columns: ['what', name, 'here', '×'],
    rows: [
      row('page', ({ page }) => page),
      row('its data as JSON', ({ data }) => data),
      row('page less that', ({ page, data }) => page - data),
      row('its feed as JSON', ({ feed }) => feed),
    ],
  }
}

/**
 * Counts the activities in the feed of a page.
 * @throws Error if the page has not read exactly the same data as the JSON.
 */
function countSame(html: string, json: string): number {
  const [, state] = /<script type="application\/json" id="state">(.*?)<\/script>/s.exec(html) ?? []
  if (!state) throw new Error('home has no state')
  type Read = { data?: unknown[] }
  const { queries } = JSON.parse(state) as { queries: [string[], Read & { pages?: Read[] }][] }
  const reads = queries.map(([[kind, name], data]) => ({ kind, name, body: data.pages?.[0] ?? data }))
  // The page keeps suggested users as a bare list, with a viewer added to each.
  const sorted = (bodies: Read[]) => bodies.map((body) => JSON.stringify(body.data ?? body, dropViewer)).sort()
  if (sorted(reads.map(({ body }) => body)).join() !== sorted(JSON.parse(json)).join())
    throw new Error('home has read other data than same-data.ts')
  return reads.find(({ kind, name }) => kind === 'activities' && name === 'home')?.body.data?.length ?? 0
}

const dropViewer = (key: string, value: unknown) => (key === 'viewer' ? undefined : value)

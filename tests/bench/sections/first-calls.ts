import { Client } from '../../harness/client.ts'
import type { Bench } from '../bench.ts'
import type { Places } from '../data.ts'
import { type Call, type Calls, countStatements, sampleCalls, toPayload } from '../first-calls.ts'
import { median } from '../median.ts'
import { type RecordingProxy, startRecordingProxy } from '../recording-proxy.ts'
import type { Report, Table } from '../report.ts'
import { startMeasuredWorkerd } from '../workerd.ts'

/** Connections on which each read is measured, and calls after the first on each. */
const CONNECTIONS = { quick: 3, full: 9 }
const LATER = 10

/** A read by the API that nearly every page needs. */
type Read = { name: string; path: string; as: Client | null }

type Sampled = { name: string; statements: number; calls: Calls[] }

/**
 * Cost of the hot reads on a new connection, and on one that has run them before: a connection keeps the plans of a
 * function, and the first call makes them. Each read is requested from the Worker once; its recorded statements are then
 * sent over separate connections, unnamed and planned as by Neon.
 */
export async function firstCalls(bench: Bench): Promise<Report> {
  const { settings, places } = await bench.stack()
  const { site } = await bench.build()
  const proxy = await startRecordingProxy(settings.NEON_ENDPOINT ?? '')
  try {
    const recorded = { ...settings, NEON_ENDPOINT: proxy.url, EDGE_CACHE_SECONDS: '0' }
    const workerd = await startMeasuredWorkerd([{ name: 'recorded', ...site, settings: recorded }])
    try {
      const origin = await workerd.urlOf('recorded')
      const reader = await bench.signIn(origin, 'reader')
      const sampled: Sampled[] = []
      for (const read of readsOf(places, reader))
        sampled.push(await sample(read, { proxy, url: settings.DATABASE_URL ?? '', origin, quick: bench.quick }))
      return { tables: [toTable(sampled)] }
    } finally {
      await workerd.close()
    }
  } finally {
    await proxy.stop()
  }
}

function readsOf({ reader: { handle }, thread }: Places, reader: Client): Read[] {
  const signedIn = (name: string, path: string): Read => ({ name, path, as: reader })
  return [
    { name: 'everyone, signed out', path: '/api/activities/everyone', as: null },
    signedIn('home', '/api/activities/home'),
    signedIn('last light', '/api/activities/last-light?limit=6'),
    signedIn('user activities', `/api/users/@${handle}/activities`),
    signedIn('thread: the activity', `/api/activities/${thread.uuid}`),
    signedIn('thread: its replies', `/api/activities/${thread.uuid}/replies`),
    signedIn('notifications', '/api/notifications'),
    signedIn('profile', `/api/users/@${handle}`),
    signedIn('trending tags', '/api/tags/trending?limit=5'),
    signedIn('unread notifications', '/api/notifications/unread'),
    signedIn('unread messages', '/api/message_groups/unread'),
  ]
}

type Tools = { proxy: RecordingProxy; url: string; origin: URL; quick: boolean }

async function sample({ name, path, as }: Read, { proxy, url, origin, quick }: Tools): Promise<Sampled> {
  const client = as ?? new Client(origin.origin)
  proxy.take()
  const { status } = await client.get(path)
  const [recorded, ...more] = proxy.take()
  if (status !== 200 || !recorded || more.length > 0)
    throw new Error(`${path} was answered by ${status}, after ${more.length + (recorded ? 1 : 0)} trips.`)
  const payload = toPayload(recorded)
  const calls: Calls[] = []
  for (let i = 0; i < (quick ? CONNECTIONS.quick : CONNECTIONS.full); i += 1)
    calls.push(await sampleCalls(url, payload, LATER))
  return { name, statements: countStatements(payload), calls }
}

function toTable(sampled: Sampled[]): Table {
  const middle = (calls: Call[]) => [median(calls.map(({ cpu }) => cpu)), median(calls.map(({ ms }) => ms))]
  const opening = sampled.flatMap(({ calls }) => calls.map((each) => each.opening))
  return {
    title: 'A connection’s first call: Postgres',
    columns: ['read', 'statements', 'first: CPU ms', 'ms', 'later: CPU ms', 'ms'],
    rows: [
      ['opening a connection', null, ...middle(opening), null, null],
      ...sampled.map(({ name, statements, calls }) => [
        ...[name, statements],
        ...middle(calls.map(({ first }) => first)),
        ...middle(calls.flatMap(({ later }) => later)),
      ]),
    ],
    notes: ['The figures are for all statements of the request, including the check of the session.'],
  }
}

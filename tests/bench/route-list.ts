import type { Client } from '../harness/client.ts'
import type { WorkerName } from './bench.ts'
import type { Places } from './data.ts'
import type { Request } from './load.ts'
import { CONNECTIONS } from './measure.ts'
import { BARE, type Bounds } from './route-report.ts'

/** A row in the tables of routes. */
export type Route = {
  name: string
  /**
   * Who requests it, and where the answer comes from. A `hit` is requested again at once; an `older hit` was last requested
   * more than a second ago, so that only the Cache API still has it, not the isolate.
   */
  as: 'anybody' | 'signed out, hit' | 'signed out, older hit' | 'signed out, miss' | 'signed in' | 'signed in, narrow'
  worker: WorkerName
  /** Round trips to Postgres that it may wait for. */
  trips: 0 | 1
  requestsOf: (connection: number) => [Request, ...Request[]]
  inQuick: boolean
  bounds?: Bounds
  /** Changes data, so it runs after the routes that read. */
  isWrite?: boolean
  /** An older hit, loaded at a fixed rate (older-hits.ts). */
  isPaced?: boolean
}

type Headers = Record<string, string>

const PAGE = { accept: 'text/html', 'sec-fetch-site': 'none' }
const SAME_ORIGIN_JSON = { accept: 'application/json', 'sec-fetch-site': 'same-origin' }
const QUICK = ['/', '/api/activities/everyone', '/api/activities/home']
/** Pages of a list, requested in turns so slowly that more than a second passes between two requests for the same page. */
export const OLDER_HITS = { pages: 100, perSecond: 80 }
const HIT: Bounds = { worker: 3 }

/** The measured routes, the bare one first; `reader` and `writer` are signed in. */
export function routesOf(places: Places, reader: Client, writer: Client): Route[] {
  const { thread, tag, term, group } = places
  const profile = `/@${places.reader.handle}`
  const crud = `/@${thread.handle}/status/${thread.uuid}`
  const cookie = { cookie: cookieOf(reader) }
  const page = { ...PAGE, ...cookie }
  const routes: Route[] = [
    BARE_ROUTE,
    ...signedOut('/', PAGE, { postgres: 10 }),
    olderHit('/', PAGE),
    ...[profile, crud].flatMap((path) => signedOut(path, PAGE)),
    ...signedOut('/api/activities/everyone', SAME_ORIGIN_JSON, { postgres: 5, against: 0.8 }),
    olderHit('/api/activities/everyone', SAME_ORIGIN_JSON),
    signedIn('/', page, { postgres: 30, against: 0.75 }),
    { ...signedIn('/', { ...page, 'sec-ch-ua-mobile': '?1' }, { postgres: 20 }), as: 'signed in, narrow' },
    signedIn('/api/activities/home', { ...SAME_ORIGIN_JSON, ...cookie }, { postgres: 14, against: 0.8 }),
    signedIn(profile, page, { postgres: 23 }),
    signedIn(crud, page, { postgres: 25 }),
    signedIn('/notifications', page, { postgres: 23 }),
    ...[`/search?term=${term}`, `/tags/${tag}`, '/messages', `/messages/${group}`].map((path) => signedIn(path, page)),
    posting(writer),
    togglingLike(reader, places.likeable),
  ]
  const pathPattern = (name: string) => name.replace(/[\da-f-]{36}/, ':uuid').replace(/@\w+/, '@:handle')
  return routes.map((route) => ({ ...route, name: pathPattern(route.name) }))
}

const BARE_ROUTE: Route = {
  name: BARE,
  as: 'anybody',
  worker: 'bare',
  trips: 0,
  requestsOf: () => [{ path: '/' }],
  inQuick: true,
}

function signedOut(path: string, headers: Headers, ofMiss: Bounds = {}): Route[] {
  const shared = { name: path, requestsOf: (): [Request] => [{ path, headers }], inQuick: QUICK.includes(path) }
  return [
    { ...shared, as: 'signed out, hit', worker: 'cruddur', trips: 0, bounds: HIT },
    { ...shared, as: 'signed out, miss', worker: 'uncached', trips: 1, bounds: ofMiss },
  ]
}

/** Each connection requests pages of its own. Their cursors depend on the time, so that no two rounds request the same. */
function olderHit(path: string, headers: Headers): Route {
  const pagesPerConnection = OLDER_HITS.pages / CONNECTIONS
  const pageOf = (index: number): Request => ({ path: `${path}?cursor=${positionAt(index * HALF_AN_HOUR)}`, headers })
  return {
    name: `${path}?cursor=…`,
    as: 'signed out, older hit',
    worker: 'cruddur',
    trips: 0,
    requestsOf: (connection) => {
      const [first, ...rest] = Array.from({ length: pagesPerConnection }, (_, at) =>
        pageOf(1 + connection * pagesPerConnection + at),
      )
      if (!first) throw new Error('There are fewer pages than connections.')
      return [first, ...rest]
    },
    inQuick: QUICK.includes(path),
    isPaced: true,
  }
}

const HALF_AN_HOUR = 1_800_000

/** A position in a list that is ordered by time: a version 7 uuid made `msAgo` milliseconds ago. */
function positionAt(msAgo: number): string {
  const hex = (Date.now() - msAgo).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

const signedIn = (path: string, headers: Headers, bounds: Bounds = {}): Route => ({
  name: path,
  as: 'signed in',
  worker: 'uncached',
  trips: 1,
  requestsOf: () => [{ path, headers }],
  inQuick: QUICK.includes(path),
  bounds,
})

const posting = (writer: Client): Route => ({
  ...signedIn('POST /api/activities', {}),
  requestsOf: () => [
    {
      method: 'POST',
      path: '/api/activities',
      headers: { ...headersOf(writer), 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'The kettle is on. #harbour', ttl: '1-hour' }),
    },
  ],
  inQuick: true,
  isWrite: true,
})

/** Each connection likes and unlikes a crud of its own, so that every request writes. */
const togglingLike = (reader: Client, likeable: Places['likeable']): Route => ({
  ...signedIn('PUT, DELETE …/:uuid/like', {}),
  requestsOf: (connection) => {
    const path = `/api/activities/${likeable[connection % likeable.length]?.uuid}/like`
    const headers = headersOf(reader)
    return [
      { method: 'PUT', path, headers },
      { method: 'DELETE', path, headers },
    ]
  },
  inQuick: true,
  isWrite: true,
})

const headersOf = (client: Client): Headers => ({
  ...SAME_ORIGIN_JSON,
  origin: client.origin,
  cookie: cookieOf(client),
})

/** The `Cookie` header that a client's browser would send. */
export const cookieOf = ({ cookies }: Client): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

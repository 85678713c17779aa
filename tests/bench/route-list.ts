import type { Client } from '../harness/client.ts'
import type { WorkerName } from './bench.ts'
import type { Places } from './data.ts'
import type { Request } from './load.ts'

/** One row of the table of routes. */
export type Route = {
  name: string
  /** Who asks, and whether the edge cache has it. */
  as: 'anybody' | 'signed out, hit' | 'signed out, miss' | 'signed in'
  worker: WorkerName
  /** Round trips that it may wait for. */
  trips: 0 | 1
  requestsOf: (connection: number) => [Request, ...Request[]]
  inQuick: boolean
}

type Headers = Record<string, string>

const PAGE = { accept: 'text/html', 'sec-fetch-site': 'none' }
const JSON_OF_OURS = { accept: 'application/json', 'sec-fetch-site': 'same-origin' }
const QUICK = ['/', '/api/activities/home']

/** The routes that are measured, the bare one first; `reader` and `writer` are signed in. */
export function routesOf(places: Places, reader: Client, writer: Client): Route[] {
  const { thread, tag, term, group } = places
  const profile = `/@${places.reader.handle}`
  const crud = `/@${thread.handle}/status/${thread.uuid}`
  const cookie = { cookie: cookieOf(reader) }
  const routes = [
    BARE,
    ...['/', profile, crud].flatMap((path) => signedOut(path, PAGE)),
    ...signedOut('/api/activities/everyone', JSON_OF_OURS),
    signedIn('/', { ...PAGE, ...cookie }),
    signedIn('/api/activities/home', { ...JSON_OF_OURS, ...cookie }),
    ...[profile, crud, `/search?term=${term}`, `/tags/${tag}`].map((path) => signedIn(path, { ...PAGE, ...cookie })),
    ...['/notifications', '/messages', `/messages/${group}`].map((path) => signedIn(path, { ...PAGE, ...cookie })),
    crudding(writer),
    liking(reader, places.likeable),
  ]
  const plain = (name: string) => name.replace(/[\da-f-]{36}/, ':uuid').replace(/@\w+/, '@:handle')
  return routes.map((route) => ({ ...route, name: plain(route.name) }))
}

const BARE: Route = {
  name: 'bare Hono route',
  as: 'anybody',
  worker: 'bare',
  trips: 0,
  requestsOf: () => [{ path: '/' }],
  inQuick: true,
}

function signedOut(path: string, headers: Headers): Route[] {
  const shared = { name: path, requestsOf: (): [Request] => [{ path, headers }], inQuick: QUICK.includes(path) }
  return [
    { ...shared, as: 'signed out, hit', worker: 'cruddur', trips: 0 },
    { ...shared, as: 'signed out, miss', worker: 'uncached', trips: 1 },
  ]
}

const signedIn = (path: string, headers: Headers): Route => ({
  name: path,
  as: 'signed in',
  worker: 'uncached',
  trips: 1,
  requestsOf: () => [{ path, headers }],
  inQuick: QUICK.includes(path),
})

const crudding = (writer: Client): Route => ({
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
})

/** Each connection has a crud of its own, likes it and takes the like back: every request writes. */
const liking = (reader: Client, likeable: Places['likeable']): Route => ({
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
})

const headersOf = (who: Client): Headers => ({ ...JSON_OF_OURS, origin: who.origin, cookie: cookieOf(who) })

/** What a client's browser would send. */
export const cookieOf = ({ cookies }: Client): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

import type { Answer } from '../harness/client.ts'
import { anyOf, type Lane } from './lane.ts'
import type { Ledger } from './ledger.ts'

/** A request, and what it changes. */
export type Asked = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  json?: object
  /** Facts of the ledger, of a write. */
  facts?: Parameters<Ledger['note']>[1]
  /** What the lane knows once it was acknowledged. */
  learn?: (answer: Answer) => unknown
}

/** Something that lanes ask for. */
export type Kind = {
  name: string
  /** How often, beside the others that the lane could ask for. */
  weight: number
  /** What it is answered by when all is well. */
  status: number
  /** Whether a lane can ask for it now; left out: always. */
  can?: (lane: Lane) => boolean
  ask: (lane: Lane) => Asked
}

const reading = (name: string, weight: number, path: (lane: Lane) => string): Kind => ({
  name,
  weight,
  status: 200,
  ask: (lane) => ({ method: 'GET', path: path(lane) }),
})

const crudPage = ({ town }: Lane) => {
  const { handle, uuid } = anyOf(town.cruds)
  return `/@${handle}/status/${uuid}`
}

/** What anybody reads. */
export const READS_OF_ALL: Kind[] = [
  reading('GET /', 4, () => '/'),
  reading('GET /@:handle', 2, ({ town }) => `/@${anyOf(town.cruds).handle}`),
  reading('GET …/status/:uuid', 3, crudPage),
  reading('GET /tags/:tag', 1, ({ town }) => `/tags/${town.tag}`),
  reading('GET /search', 1, ({ town }) => `/search?term=${town.term}`),
  reading('GET /api/activities/everyone', 2, () => '/api/activities/everyone'),
  reading('GET /api/activities/last-light', 1, () => '/api/activities/last-light'),
]

/** What those who are signed in read besides. */
export const READS_OF_PEOPLE: Kind[] = [
  reading('GET /api/activities/home', 3, () => '/api/activities/home'),
  reading('GET /notifications', 1, () => '/notifications'),
  reading('GET /messages', 1, () => '/messages'),
  reading('GET /api/notifications/unread', 2, () => '/api/notifications/unread'),
]

/** A text like no other. */
const words = ({ handle, town }: Lane) => `${handle} says ${crypto.randomUUID()} #${town.tag}`

export const said = (message: string) => `said ${message}`
export const wrote = (message: string) => `wrote ${message}`
export const pair = (what: string, who: string | null, whom: string) => `${what} ${who} ${whom}`

/** Does something, or takes it back if this lane has done it. */
function toggle(name: string, what: string, choose: (lane: Lane) => { whom: string; path: string }): Kind {
  return {
    name,
    weight: 2,
    status: 200,
    ask: (lane) => {
      const { whom, path } = choose(lane)
      const fact = pair(what, lane.handle, whom)
      return lane.done.has(fact)
        ? { method: 'DELETE', path, facts: { ends: [fact] }, learn: () => lane.done.delete(fact) }
        : { method: 'PUT', path, facts: { makes: [fact] }, learn: () => lane.done.add(fact) }
    },
  }
}

/** What is about the lane's own last crud. */
const own = (name: string, status: number, ask: (lane: Lane, last: Lane['own'][number]) => Asked): Kind => ({
  name,
  weight: 1,
  status,
  can: (lane) => lane.own.length > 0,
  ask: (lane) => ask(lane, anyOf(lane.own.slice(-1))),
})

/** What those who are signed in write. */
export const WRITES: Kind[] = [
  {
    name: 'POST /api/activities',
    weight: 5,
    status: 201,
    ask: (lane) => {
      const message = words(lane)
      return {
        method: 'POST',
        path: '/api/activities',
        json: { message, ttl: '1-hour' },
        facts: { makes: [said(message)] },
        learn: ({ body }) => lane.own.push({ uuid: body.uuid, message }),
      }
    },
  },
  {
    name: 'POST …/replies',
    weight: 3,
    status: 201,
    ask: (lane) => {
      const message = words(lane)
      const path = `/api/activities/${anyOf(lane.town.cruds).uuid}/replies`
      return { method: 'POST', path, json: { message }, facts: { makes: [said(message)] } }
    },
  },
  {
    name: 'POST /api/messages',
    weight: 3,
    status: 201,
    ask: (lane) => {
      const message = words(lane)
      const handle = anyOf(lane.town.people.filter((other) => other !== lane.handle))
      return { method: 'POST', path: '/api/messages', json: { message, handle }, facts: { makes: [wrote(message)] } }
    },
  },
  toggle('PUT, DELETE …/like', 'likes', ({ cruds }) => {
    const { uuid } = anyOf(cruds)
    return { whom: uuid, path: `/api/activities/${uuid}/like` }
  }),
  toggle('PUT, DELETE …/repost', 'reposts', ({ cruds }) => {
    const { uuid } = anyOf(cruds)
    return { whom: uuid, path: `/api/activities/${uuid}/repost` }
  }),
  toggle('PUT, DELETE …/follow', 'follows', ({ strangers }) => {
    const handle = anyOf(strangers)
    return { whom: handle, path: `/api/users/@${handle}/follow` }
  }),
  own('POST /api/activities, rewritten', 201, (lane, { uuid, message: before }) => {
    const message = words(lane)
    return {
      method: 'POST',
      path: '/api/activities',
      json: { message, replaces: uuid },
      facts: { ends: [said(before)], makes: [said(message)] },
      learn: ({ body }) => lane.own.splice(-1, 1, { uuid: body.uuid, message }),
    }
  }),
  own('DELETE /api/activities/:uuid', 204, (lane, { uuid, message }) => ({
    method: 'DELETE',
    path: `/api/activities/${uuid}`,
    facts: { ends: [said(message)] },
    learn: () => lane.own.pop(),
  })),
  // What must be refused, however busy it is.
  {
    name: 'a crud that is too long',
    weight: 1,
    status: 422,
    ask: (lane) => {
      const message = words(lane).padEnd(300, '.')
      return {
        method: 'POST',
        path: '/api/activities',
        json: { message, ttl: '1-hour' },
        facts: { makes: [said(message)] },
      }
    },
  },
  {
    name: 'putting out somebody else’s',
    weight: 1,
    status: 403,
    ask: ({ town }) => ({ method: 'DELETE', path: `/api/activities/${anyOf(town.cruds).uuid}`, facts: {} }),
  },
]

/** One of the kinds that a lane can ask for now, by their weights. */
export const anyKind = (kinds: Kind[], lane: Lane): Kind =>
  anyOf(kinds.filter(({ can }) => can?.(lane) ?? true).flatMap((kind) => Array<Kind>(kind.weight).fill(kind)))

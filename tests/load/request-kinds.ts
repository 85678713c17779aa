import type { Answer } from '../harness/client.ts'
import type { Ledger } from './ledger.ts'
import { randomOf, type VirtualUser } from './virtual-user.ts'

/** A request, and what it should change. */
export type LoadRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  json?: object
  /** Facts of the ledger that a write creates and removes. */
  facts?: Parameters<Ledger['record']>[1]
  /** Called after the write was acknowledged. */
  onAcknowledged?: (answer: Answer) => unknown
}

/** A kind of request. */
export type RequestKind = {
  name: string
  /** Relative frequency among the kinds that are possible. */
  weight: number
  /** The expected status. */
  status: number
  /** Whether a virtual user can send it now; left out: always. */
  isPossible?: (user: VirtualUser) => boolean
  request: (user: VirtualUser) => LoadRequest
}

const readKind = (name: string, weight: number, path: (user: VirtualUser) => string): RequestKind => ({
  name,
  weight,
  status: 200,
  request: (user) => ({ method: 'GET', path: path(user) }),
})

const crudPath = ({ data }: VirtualUser) => {
  const { handle, uuid } = randomOf(data.cruds)
  return `/@${handle}/status/${uuid}`
}

/** Reads of everybody. */
export const PUBLIC_READS: RequestKind[] = [
  readKind('GET /', 4, () => '/'),
  readKind('GET /@:handle', 2, ({ data }) => `/@${randomOf(data.cruds).handle}`),
  readKind('GET …/status/:uuid', 3, crudPath),
  readKind('GET /tags/:tag', 1, ({ data }) => `/tags/${data.tag}`),
  readKind('GET /search', 1, ({ data }) => `/search?term=${data.term}`),
  readKind('GET /api/activities/everyone', 2, () => '/api/activities/everyone'),
  readKind('GET /api/activities/last-light', 1, () => '/api/activities/last-light'),
]

/** Further reads of signed-in users. */
export const SIGNED_IN_READS: RequestKind[] = [
  readKind('GET /api/activities/home', 3, () => '/api/activities/home'),
  readKind('GET /notifications', 1, () => '/notifications'),
  readKind('GET /messages', 1, () => '/messages'),
  readKind('GET /api/notifications/unread', 2, () => '/api/notifications/unread'),
]

/** A text that no other message has. */
const uniqueMessage = ({ handle, data }: VirtualUser) => `${handle} says ${crypto.randomUUID()} #${data.tag}`

export const activityFact = (message: string) => `said ${message}`
export const messageFact = (message: string) => `wrote ${message}`
export const pairFact = (verb: string, actor: string | null, object: string) => `${verb} ${actor} ${object}`

/** Adds a reaction or a follow, or removes it if this virtual user has added it. */
function toggle(
  name: string,
  verb: string,
  choose: (user: VirtualUser) => { object: string; path: string },
): RequestKind {
  return {
    name,
    weight: 2,
    status: 200,
    request: (user) => {
      const { object, path } = choose(user)
      const fact = pairFact(verb, user.handle, object)
      return user.reactions.has(fact)
        ? { method: 'DELETE', path, facts: { removes: [fact] }, onAcknowledged: () => user.reactions.delete(fact) }
        : { method: 'PUT', path, facts: { creates: [fact] }, onAcknowledged: () => user.reactions.add(fact) }
    },
  }
}

/** A request about the virtual user's latest crud. */
const ownCrudKind = (
  name: string,
  status: number,
  request: (user: VirtualUser, last: VirtualUser['ownCruds'][number]) => LoadRequest,
): RequestKind => ({
  name,
  weight: 1,
  status,
  isPossible: (user) => user.ownCruds.length > 0,
  request: (user) => request(user, randomOf(user.ownCruds.slice(-1))),
})

/** Writes of signed-in users. */
export const WRITES: RequestKind[] = [
  {
    name: 'POST /api/activities',
    weight: 5,
    status: 201,
    request: (user) => {
      const message = uniqueMessage(user)
      return {
        method: 'POST',
        path: '/api/activities',
        json: { message, ttl: '1-hour' },
        facts: { creates: [activityFact(message)] },
        onAcknowledged: ({ body }) => user.ownCruds.push({ uuid: body.uuid, message }),
      }
    },
  },
  {
    name: 'POST …/replies',
    weight: 3,
    status: 201,
    request: (user) => {
      const message = uniqueMessage(user)
      const path = `/api/activities/${randomOf(user.data.cruds).uuid}/replies`
      return { method: 'POST', path, json: { message }, facts: { creates: [activityFact(message)] } }
    },
  },
  {
    name: 'POST /api/messages',
    weight: 3,
    status: 201,
    request: (user) => {
      const message = uniqueMessage(user)
      const handle = randomOf(user.data.people.filter((other) => other !== user.handle))
      return {
        method: 'POST',
        path: '/api/messages',
        json: { message, handle },
        facts: { creates: [messageFact(message)] },
        onAcknowledged: () => {
          user.messages += 1
        },
      }
    },
  },
  toggle('PUT, DELETE …/like', 'likes', ({ cruds }) => {
    const { uuid } = randomOf(cruds)
    return { object: uuid, path: `/api/activities/${uuid}/like` }
  }),
  toggle('PUT, DELETE …/repost', 'reposts', ({ cruds }) => {
    const { uuid } = randomOf(cruds)
    return { object: uuid, path: `/api/activities/${uuid}/repost` }
  }),
  toggle('PUT, DELETE …/follow', 'follows', ({ followable }) => {
    const handle = randomOf(followable)
    return { object: handle, path: `/api/users/@${handle}/follow` }
  }),
  ownCrudKind('POST /api/activities, rewritten', 201, (user, { uuid, message: before }) => {
    const message = uniqueMessage(user)
    return {
      method: 'POST',
      path: '/api/activities',
      json: { message, replaces: uuid },
      facts: { removes: [activityFact(before)], creates: [activityFact(message)] },
      onAcknowledged: ({ body }) => user.ownCruds.splice(-1, 1, { uuid: body.uuid, message }),
    }
  }),
  ownCrudKind('DELETE /api/activities/:uuid', 204, (user, { uuid, message }) => ({
    method: 'DELETE',
    path: `/api/activities/${uuid}`,
    facts: { removes: [activityFact(message)] },
    onAcknowledged: () => user.ownCruds.pop(),
  })),
  // Writes that must be rejected even under load.
  {
    name: 'POST /api/activities, too long',
    weight: 1,
    status: 422,
    request: (user) => {
      const message = uniqueMessage(user).padEnd(300, '.')
      return {
        method: 'POST',
        path: '/api/activities',
        json: { message, ttl: '1-hour' },
        facts: { creates: [activityFact(message)] },
      }
    },
  },
  {
    name: 'DELETE another user’s crud',
    weight: 1,
    status: 403,
    request: ({ data }) => ({ method: 'DELETE', path: `/api/activities/${randomOf(data.cruds).uuid}`, facts: {} }),
  },
]

/** Chooses among the kinds that are possible now, by their weights. */
export const chooseKind = (kinds: RequestKind[], user: VirtualUser): RequestKind =>
  randomOf(
    kinds
      .filter(({ isPossible }) => isPossible?.(user) ?? true)
      .flatMap((kind) => Array<RequestKind>(kind.weight).fill(kind)),
  )

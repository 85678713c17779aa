/** Who asks, in this order: whoever may change the most comes last. */
export const ROLES = ['out', 'stranger', 'nonmember', 'member', 'author'] as const
export type Role = (typeof ROLES)[number]
export const STATES = ['live', 'expired', 'deleted', 'unknown'] as const
export type State = (typeof STATES)[number]
/** What a route is about. */
export type Target = 'none' | 'crud' | 'person' | 'conversation'

type Statuses = Record<Role, Partial<Record<State, number>>>
type Row = {
  target: Target
  /** By who asks and how it is with what they ask for; a state that there is not for the target is left out. */
  statuses: Statuses
  body?: (target: string) => unknown
  query?: string
}

/** One status for each role. */
const byRole = (statusOf: (role: Role) => Partial<Record<State, number>>): Statuses => ({
  out: statusOf('out'),
  stranger: statusOf('stranger'),
  nonmember: statusOf('nonmember'),
  member: statusOf('member'),
  author: statusOf('author'),
})
const always = (status: number) => ({ live: status, expired: status, deleted: status, unknown: status })
const crudStates = (live: number) => ({ live, expired: 410, deleted: 410, unknown: 404 })
const personStates = (live: number) => ({ live, deleted: 404, unknown: 404 })
const without = (status: number, states: readonly State[]) => Object.fromEntries(states.map((state) => [state, status]))

/** A crud, for everybody. */
const crud = (live = 200): Row => ({ target: 'crud', statuses: byRole(() => crudStates(live)) })
/** A crud, for those who are signed in. */
const crudSignedIn = (live = 200, body?: () => unknown): Row => ({
  target: 'crud',
  statuses: byRole((role) => (role === 'out' ? always(401) : crudStates(live))),
  ...(body ? { body } : {}),
})
/** A crud, for its author; `others` is what anybody else is answered. */
const crudOwn = (live: number, others = 403): Row => ({
  target: 'crud',
  statuses: byRole((role) => (role === 'out' ? always(401) : crudStates(role === 'author' ? live : others))),
})
const PERSON_STATES = ['live', 'deleted', 'unknown'] as const
const person = (): Row => ({ target: 'person', statuses: byRole(() => personStates(200)) })
/** A person, for those who are signed in; `self` is what they get who mean themselves. */
const personSignedIn = (self = 200, body?: () => unknown): Row => ({
  target: 'person',
  statuses: byRole((role) =>
    role === 'out' ? without(401, PERSON_STATES) : personStates(role === 'author' ? self : 200),
  ),
  ...(body ? { body } : {}),
})
/** A conversation, for the two who have it. */
const conversation = (live = 200, body?: (uuid: string) => unknown): Row => ({
  target: 'conversation',
  statuses: byRole((role) => {
    if (role === 'out') return always(401)
    const isIn = role === 'author' || role === 'member'
    return isIn ? { live, expired: live, deleted: 404, unknown: 404 } : always(404)
  }),
  ...(body ? { body } : {}),
})
/** Nothing in particular. */
const plain = (signedIn = 200, out = signedIn, more: Pick<Row, 'body' | 'query'> = {}): Row => ({
  target: 'none',
  statuses: byRole((role) => ({ live: role === 'out' ? out : signedIn })),
  ...more,
})
const empty = { body: () => ({}) }

/** Every route of the API, and what it answers to whom. */
export const MATRIX: Record<string, Row> = {
  'GET /api/health-check': plain(),
  'GET /api/openapi.json': plain(),
  'POST /api/client-errors': plain(400, 400, empty),
  'GET /api/session': plain(),
  // Without input, a route that anybody may ask says what is missing.
  'POST /api/session': plain(422, 422, empty),
  'POST /api/session/sign-up': plain(422, 422, empty),
  'POST /api/session/confirm': plain(422, 422, empty),
  'GET /api/session/confirm': plain(200, 200, { query: '?email=a%40example.com' }),
  'POST /api/session/resend': plain(422, 422, empty),
  'POST /api/session/recover': plain(422, 422, empty),
  'POST /api/session/recover/confirm': plain(422, 422, empty),
  'DELETE /api/session': plain(204),
  'DELETE /api/session/all': plain(204, 401),
  'DELETE /api/session/others': plain(204, 401),
  'GET /api/session/devices': plain(200, 401),
  // No crud is anybody's device; tests/integration/devices.test.ts has what is another's.
  'DELETE /api/session/devices/:uuid': {
    target: 'crud',
    statuses: byRole((role) => always(role === 'out' ? 401 : 404)),
  },
  'PUT /api/session/password': plain(422, 401, empty),

  'GET /api/profile': plain(200, 401),
  'PATCH /api/profile': plain(200, 401, empty),
  'DELETE /api/profile': plain(422, 401, empty),
  'GET /api/profile/blocks': plain(200, 401),
  'GET /api/profile/export': plain(200, 401),
  'GET /api/profile/mutes': plain(200, 401),
  'PUT /api/profile/handle': plain(200, 401, { body: () => ({ handle: 'another' }) }),
  'PUT /api/profile/avatar': plain(422, 401),
  'DELETE /api/profile/avatar': plain(200, 401),

  'GET /api/activities/home': plain(200, 401),
  'GET /api/activities/everyone': plain(),
  'GET /api/activities/last-light': plain(),
  'GET /api/activities/search': plain(200, 200, { query: '?term=hi' }),
  // Made anew in another's place: the author's own crud, which then is gone.
  'POST /api/activities': { ...crudOwn(201), body: (replaces) => ({ message: 'anew', replaces }) },
  'GET /api/activities/:uuid': crud(),
  'DELETE /api/activities/:uuid': crudOwn(204),
  'GET /api/activities/:uuid/weight': crudOwn(200, 404),
  'GET /api/activities/:uuid/replies': crud(),
  'POST /api/activities/:uuid/replies': crudSignedIn(201, () => ({ message: 'ho' })),
  'PUT /api/activities/:uuid/like': crudSignedIn(),
  'DELETE /api/activities/:uuid/like': crudSignedIn(),
  'PUT /api/activities/:uuid/repost': crudSignedIn(),
  'DELETE /api/activities/:uuid/repost': crudSignedIn(),
  'GET /api/activities/:uuid/likes': crud(),
  'GET /api/activities/:uuid/reposts': crud(),

  'GET /api/users': plain(200, 401, { query: '?prefix=a' }),
  'GET /api/users/search': plain(200, 200, { query: '?term=a' }),
  'GET /api/users/suggested': plain(200, 401),
  'GET /api/users/:at_handle': person(),
  'GET /api/users/:at_handle/short': person(),
  'GET /api/users/:at_handle/activities': person(),
  'GET /api/users/:at_handle/followers': person(),
  'GET /api/users/:at_handle/following': person(),
  'PUT /api/users/:at_handle/follow': personSignedIn(422),
  'DELETE /api/users/:at_handle/follow': personSignedIn(),
  'PUT /api/users/:at_handle/block': personSignedIn(422),
  'DELETE /api/users/:at_handle/block': personSignedIn(),
  'PUT /api/users/:at_handle/mute': personSignedIn(422, () => ({ seconds: null })),
  'DELETE /api/users/:at_handle/mute': personSignedIn(),

  'GET /api/tags/trending': plain(),
  'GET /api/tags/:tag': plain(),

  'GET /api/notifications': plain(200, 401),
  'GET /api/notifications/unread': plain(200, 401),
  'POST /api/notifications/read': plain(200, 401, { body: () => ({ up_to: '01a20dc2-7aaa-7389-b334-d306f5b17a26' }) }),

  'GET /api/message_groups': plain(200, 401),
  'GET /api/message_groups/unread': plain(200, 401),
  // With the author: whoever has no conversation with them, as they have none with themselves, finds none.
  'GET /api/message_groups/with/:at_handle': {
    target: 'person',
    statuses: byRole((role) => without(role === 'out' ? 401 : 404, PERSON_STATES)),
  },
  'GET /api/message_groups/:uuid': conversation(),
  'GET /api/message_groups/:uuid/messages': conversation(),
  'POST /api/message_groups/:uuid/read': conversation(204),
  'POST /api/messages': conversation(201, (message_group_uuid) => ({ message_group_uuid, message: 'hi' })),
}

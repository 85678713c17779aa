import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { Nudge } from '../contract/live.ts'
import type { Env } from '../env.ts'
import { reportError } from '../observe/report.ts'
import { type EndedSessions, SESSION_HEADER } from './socket-session.ts'
import type { UserSockets } from './user-sockets.ts'

type Namespace = NonNullable<Env['userSockets']>

/** The request that causes a nudge. */
type At = Pick<RequestContext, 'settings' | 'requestId' | 'route' | 'waitUntil'>

/** How long a nudge may take, in ms. Tabs that miss it poll. */
const TIMEOUT_MS = 5_000

/** Interval of log lines about failed nudges, per isolate, in ms. */
const REPORT_INTERVAL_MS = 60_000
let reportedAt = 0

/** The methods of a user's object, as another Worker calls them. */
type Stub = { [Method in 'nudge' | 'endSessions']: (...args: Parameters<UserSockets[Method]>) => Promise<void> }

/** Nudges the open tabs of users, after the response. Never fails: tabs that are not nudged poll. */
export function nudge(at: At, userUuids: readonly string[], nudged: Nudge): void {
  for (const uuid of userUuids) send(at, uuid, (sockets) => sockets.nudge(nudged))
}

/** Nudges the members of a conversation that has changed. Their other tabs show it too. */
export function nudgeConversation(at: At, memberUuids: readonly (string | null | undefined)[], uuid: string): void {
  nudge(
    at,
    memberUuids.flatMap((member) => member ?? []),
    { kind: 'message', uuid },
  )
}

/** Closes the sockets of ended sessions, after the response; their tabs check their session. Never fails. */
export function closeSockets(at: At, userUuid: string | null | undefined, ended: EndedSessions): void {
  if (userUuid) send(at, userUuid, (sockets) => sockets.endSessions(ended))
}

/** Opens a socket for a session that has been checked. @throws AppError live_unavailable */
export async function openSocket(userSockets: Namespace, userUuid: string, sessionHash: string): Promise<Response> {
  const request = new Request('https://user-sockets', {
    headers: { upgrade: 'websocket', [SESSION_HEADER]: sessionHash },
  })
  const answer = userSockets.getByName(userUuid).fetch(request)
  return await withTimeout(answer).catch((cause) => {
    throw new AppError('live_unavailable', { cause })
  })
}

function send(at: At, userUuid: string, call: (sockets: Stub) => Promise<void>): void {
  const { userSockets } = at.settings
  if (!userSockets) return
  const sent = async () => withTimeout(call(userSockets.getByName(userUuid)))
  at.waitUntil(sent().catch((cause) => report(cause, at)))
}

/** Logs a failure, but not each one: every write would fail while the objects are down or over their limit. */
function report(cause: unknown, at: At): void {
  const now = Date.now()
  if (now - reportedAt < REPORT_INTERVAL_MS) return
  reportedAt = now
  reportError(new AppError('live_unavailable', { cause }), at)
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The object did not answer in time.')), TIMEOUT_MS)
  })
  return Promise.race([work, expired]).finally(() => clearTimeout(timer))
}

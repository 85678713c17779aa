import { AppError } from '../contract/app-error.ts'
import type { Nudge } from '../contract/live.ts'
import type { Env } from '../env.ts'
import { reportError } from '../observe/report.ts'
import { type EndedSessions, SESSION_HEADER } from './socket-session.ts'

type Namespace = NonNullable<Env['userSockets']>

/** The request that causes a nudge. */
type At = Parameters<typeof reportError>[1]

/** Interval of log lines about failed nudges, per isolate, in ms: each write would fail while the objects are down. */
const REPORT_INTERVAL_MS = 60_000
let reportedAt = 0

/** A user's object. */
type Stub = ReturnType<Namespace['getByName']>

/** Nudges the open tabs of users, after the response. Never fails: tabs that are not nudged poll. */
export function nudge(at: At, userUuids: readonly string[], nudged: Nudge): void {
  for (const uuid of userUuids) send(at, uuid, (sockets) => sockets.nudge(nudged))
}

/** Nudges the members of a conversation that has changed. Their other tabs show it too. */
export function nudgeConversation(at: At, memberUuids: readonly (string | null | undefined)[], uuid: string): void {
  nudge(
    at,
    memberUuids.filter((member) => typeof member === 'string'),
    { kind: 'message', uuid },
  )
}

/** Closes the sockets of ended sessions, after the response; their tabs check their session. Never fails. */
export function closeSockets(at: At, userUuid: string | null | undefined, ended: EndedSessions): void {
  if (userUuid) send(at, userUuid, (sockets) => sockets.endSessions(ended))
}

/** Opens a socket for a session that has been checked. @throws AppError live_unavailable */
export async function openSocket(userSockets: Namespace, userUuid: string, sessionHash: string): Promise<Response> {
  try {
    const headers = { upgrade: 'websocket', [SESSION_HEADER]: sessionHash }
    return await userSockets.getByName(userUuid).fetch(new Request('https://user-sockets', { headers }))
  } catch (cause) {
    throw new AppError('live_unavailable', { cause })
  }
}

function send(at: At, userUuid: string, call: (sockets: Stub) => Promise<void>): void {
  const { userSockets } = at.settings
  if (!userSockets) return
  const sent = async () => call(userSockets.getByName(userUuid))
  at.waitUntil(
    sent().catch((cause) => {
      if (Date.now() - reportedAt < REPORT_INTERVAL_MS) return
      reportedAt = Date.now()
      reportError(new AppError('live_unavailable', { cause }), at)
    }),
  )
}

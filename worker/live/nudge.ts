import { AppError } from '../contract/app-error.ts'
import type { Nudge } from '../contract/live.ts'
import type { Env } from '../env.ts'
import { type ReportContext, reportError } from '../observe/report.ts'
import { type EndedSessions, SESSION_HEADER } from './socket-session.ts'

type Namespace = NonNullable<Env['userSockets']>

/** Interval of log lines about failed nudges, per isolate, in ms: while Durable Objects are down, each nudge fails. */
const REPORT_INTERVAL_MS = 60_000
let reportedAt = 0

/** A user's Durable Object. */
type Stub = ReturnType<Namespace['getByName']>

/** Nudges the open tabs of users, after the response. Never fails: a tab that misses a nudge polls. */
export function nudge(context: ReportContext, userUuids: readonly string[], nudged: Nudge): void {
  for (const uuid of userUuids) send(context, uuid, (sockets) => sockets.nudge(nudged))
}

/** Nudges all tabs of the members of a conversation that has changed, also those of its sender. */
export function nudgeConversation(
  context: ReportContext,
  memberUuids: readonly (string | null | undefined)[],
  uuid: string,
): void {
  nudge(
    context,
    memberUuids.filter((member) => typeof member === 'string'),
    { kind: 'message', uuid },
  )
}

/** Closes the sockets of ended sessions, after the response; their tabs check their session. Never fails. */
export function closeSockets(context: ReportContext, userUuid: string | null | undefined, ended: EndedSessions): void {
  if (userUuid) send(context, userUuid, (sockets) => sockets.endSessions(ended))
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

function send(context: ReportContext, userUuid: string, call: (sockets: Stub) => Promise<void>): void {
  const { userSockets } = context.settings
  if (!userSockets) return
  const sending = async () => call(userSockets.getByName(userUuid))
  context.waitUntil(
    sending().catch((cause) => {
      if (Date.now() - reportedAt < REPORT_INTERVAL_MS) return
      reportedAt = Date.now()
      reportError(new AppError('live_unavailable', { cause }), context)
    }),
  )
}

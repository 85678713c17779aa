import { DurableObject } from 'cloudflare:workers'
import { CLOSE, type Nudge, PING, PONG, SOCKETS_MAX } from '../contract/live.ts'
import { type EndedSessions, SESSION_HEADER } from './socket-session.ts'

/** Age in ms at which the next nudge closes a socket, so that its tab reconnects and the session is checked again. */
const AGE_MAX_MS = 3_600_000

/** What is attached to a socket, and so kept while the object hibernates. */
type Attachment = { sessionHash: string; openedAt: number }

/**
 * The open tabs of one user; the object's name is their uuid. Stores nothing but its sockets, and hibernates between nudges.
 * https://developers.cloudflare.com/durable-objects/best-practices/websockets/
 */
export class UserSockets extends DurableObject<Cloudflare.Env> {
  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    // Answers pings without waking the object.
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG))
  }

  /** Opens a socket for a session that the Worker has checked. */
  override fetch(request: Request): Response {
    const { 0: client, 1: server } = new WebSocketPair()
    const oldestFirst = this.#openSockets().sort((a, b) => a.openedAt - b.openedAt)
    for (const { socket } of oldestFirst.slice(0, Math.max(0, oldestFirst.length - SOCKETS_MAX + 1)))
      socket.close(CLOSE.tooMany)
    this.ctx.acceptWebSocket(server)
    const attachment: Attachment = { sessionHash: request.headers.get(SESSION_HEADER) ?? '', openedAt: Date.now() }
    server.serializeAttachment(attachment)
    return new Response(null, { status: 101, webSocket: client })
  }

  /** Sends a nudge to all tabs. */
  nudge(nudge: Nudge): void {
    const text = JSON.stringify(nudge)
    for (const { socket, openedAt } of this.#openSockets()) {
      socket.send(text)
      if (Date.now() - openedAt > AGE_MAX_MS) socket.close(CLOSE.checkSession)
    }
  }

  /** Closes the sockets of ended sessions. */
  endSessions({ only, except, by }: EndedSessions): void {
    const nudge: Nudge = { kind: 'session' }
    for (const { socket, sessionHash } of this.#openSockets()) {
      if (sessionHash === except || (only !== undefined && sessionHash !== only)) continue
      if (sessionHash !== by) socket.send(JSON.stringify(nudge))
      socket.close(CLOSE.checkSession)
    }
  }

  /** Closes a socket that sends anything but pings: tabs send nothing else. */
  override webSocketMessage(socket: WebSocket): void {
    socket.close(1003)
  }

  #openSockets(): (Attachment & { socket: WebSocket })[] {
    return this.ctx
      .getWebSockets()
      .filter(({ readyState }) => readyState === WebSocket.OPEN)
      .map((socket) => ({ socket, ...(socket.deserializeAttachment() as Attachment) }))
  }
}

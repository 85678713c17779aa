import { connect } from 'node:net'
import pg from 'pg'
import { CancelledError, toConnectError } from './error.ts'
import type { Target } from './request.ts'

const IDLE_MS = 10_000

/**
 * What Neon's proxy sends before it reuses a session: DISCARD ALL without DISCARD PLANS, so that plans of functions stay cached.
 * https://github.com/neondatabase/neon/blob/main/libs/proxy/tokio-postgres2/src/client.rs (`reset_session_background`)
 */
const RESET = `
  CLOSE ALL;
  SET SESSION AUTHORIZATION DEFAULT;
  RESET ALL;
  DEALLOCATE ALL;
  UNLISTEN *;
  SELECT pg_advisory_unlock_all();
  DISCARD TEMP;
  DISCARD SEQUENCES;`

/** A session used by one request. */
export interface Lease {
  client: pg.Client
  /** Aborted when the request's client has disconnected; the running statement is then cancelled. */
  signal: AbortSignal
  /** Makes `giveBack` close the session, since its state is unknown. */
  discard(): void
  /** Resets the session and makes it available to other requests. Never throws. */
  giveBack(): Promise<void>
}

/** A pool of sessions to all databases, with one common limit. */
export interface Connections {
  /** Returns a session. Throws the result of `toConnectError`, or a `CancelledError` if the client disconnects while waiting. */
  borrow(target: Target, signal: AbortSignal): Promise<Lease>
  close(): Promise<void>
}

interface PooledSession {
  key: string
  client: pg.Client
  isBroken: boolean
  idleTimer?: NodeJS.Timeout
}

/**
 * Opens sessions on demand, at most `max` over all databases. `pg.Pool` limits each database separately, which is not enough
 * since every test has its own database: here an idle session of one is closed to make room for another.
 */
export function openConnections(server: { host: string; port: number; ssl?: boolean }, max: number): Connections {
  const idle: PooledSession[] = []
  const waiting: (() => void)[] = []
  let open = 0
  let isClosed = false

  const discard = async (session: PooledSession) => {
    const index = idle.indexOf(session)
    if (index >= 0) idle.splice(index, 1)
    clearTimeout(session.idleTimer)
    open -= 1
    waiting.shift()?.()
    await session.client.end().catch(() => {})
  }

  const takeIdle = (key: string): PooledSession | undefined => {
    const index = idle.findLastIndex((session) => session.key === key)
    const session = index < 0 ? undefined : idle.splice(index, 1)[0]
    clearTimeout(session?.idleTimer)
    return session
  }

  const acquire = async (target: Target, signal: AbortSignal): Promise<PooledSession> => {
    const key = JSON.stringify([target.database, target.user, target.password])
    for (;;) {
      const session = takeIdle(key)
      if (session) return session
      if (open < max) return connectSession(key, target)
      const oldest = idle[0]
      if (oldest) void discard(oldest)
      else await waitForTurn(waiting, signal)
    }
  }

  const connectSession = async (key: string, target: Target): Promise<PooledSession> => {
    open += 1
    try {
      const client = new pg.Client({ ...server, ...target, application_name: 'neon-endpoint' })
      const session: PooledSession = { key, client, isBroken: false }
      client.on('error', () => {
        session.isBroken = true
        if (idle.includes(session)) void discard(session)
      })
      await client.connect()
      return session
    } catch (error) {
      open -= 1
      waiting.shift()?.()
      throw error
    }
  }

  const release = async (session: PooledSession) => {
    if (session.isBroken) return discard(session)
    // The proxy always sends ROLLBACK; outside a transaction that only writes warnings to Postgres's log.
    const rollback = session.client.getTransactionStatus() === 'I' ? '' : 'ROLLBACK;'
    const isClean = await session.client.query(rollback + RESET).then(
      () => !session.isBroken,
      () => false,
    )
    if (!isClean || isClosed) return discard(session)
    session.idleTimer = setTimeout(() => void discard(session), IDLE_MS).unref()
    idle.push(session)
    waiting.shift()?.()
  }

  return {
    async borrow(target, signal) {
      const session = await acquire(target, signal).catch((error: unknown) => {
        throw toConnectError(error, target.user)
      })
      let cancelling: Promise<void> | undefined
      const cancel = () => {
        cancelling = cancelRunning(session.client, server)
      }
      if (signal.aborted) cancel()
      signal.addEventListener('abort', cancel)
      return {
        client: session.client,
        signal,
        discard() {
          session.isBroken = true
        },
        async giveBack() {
          signal.removeEventListener('abort', cancel)
          // Otherwise the cancellation could hit the next request's statement.
          await cancelling
          await release(session)
        },
      }
    },
    async close() {
      isClosed = true
      await Promise.all(idle.slice().map(discard))
    },
  }
}

async function waitForTurn(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const turn = () => {
      signal.removeEventListener('abort', stopWaiting)
      resolve()
    }
    const stopWaiting = () => {
      waiting.splice(waiting.indexOf(turn), 1)
      reject(new CancelledError())
    }
    waiting.push(turn)
    signal.addEventListener('abort', stopWaiting, { once: true })
  })
}

/** Sends a CancelRequest: https://www.postgresql.org/docs/18/protocol-message-formats.html */
function cancelRunning(client: pg.Client, server: { host: string; port: number }): Promise<void> {
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number }
  const message = Buffer.alloc(16)
  message.writeInt32BE(16, 0)
  message.writeInt32BE(80877102, 4)
  message.writeInt32BE(processID, 8)
  message.writeInt32BE(secretKey, 12)
  return new Promise((resolve) => {
    const socket = connect(server.port, server.host, () => socket.end(message))
    // Postgres closes the connection once it has sent the signal.
    socket.once('close', () => resolve())
    socket.on('error', () => {})
    socket.resume()
  })
}

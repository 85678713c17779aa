import type { QueryClient } from '@tanstack/react-query'
import { CLOSE, LIVE_PATH, type Nudge, PING, PONG } from '../../worker/contract/live.ts'
import { setNudged } from '../net/polling.ts'
import { nudgeApplier, refetchAll } from './apply-nudge.ts'

/** Interval of pings, and how long to wait for the answer, in ms. Cloudflare closes a connection after 100 silent seconds. */
const PING_MS = 45_000
const PONG_MS = 10_000

/**
 * Longest wait before the first attempt to reconnect, in ms, and the longest of all: it doubles after each failure. Each wait is
 * random within it, since a deploy closes all sockets at once.
 */
const RETRY_MS = 10_000
const RETRY_MAX_MS = 300_000
/** Shortest wait before a tab polls or reconnects, in ms. After a password change the new cookies may come later than the close. */
const RETRY_MIN_MS = 3_000

/** How long a socket is kept in a hidden tab, in ms. */
const HIDDEN_MS = 30_000

/** How long polls stay frequent after the socket has opened, in ms: longer than their interval, so that nothing is missed. */
const SETTLE_MS = 16_000

/**
 * Keeps a socket open while the tab is visible and online, and fetches again what it is nudged about. Polls are rare while the socket
 * is open.
 */
export function startLive(queries: QueryClient, signal: AbortSignal): void {
  const apply = nudgeApplier(queries)
  const timers = new Timers()
  let socket: WebSocket | undefined
  let failures = 0
  /** Polls were rare when the socket was lost, and nothing has been fetched since. */
  let isBehind = false

  const isWanted = () => document.visibilityState === 'visible' && navigator.onLine && !signal.aborted

  function connect(): void {
    timers.stop('hide', 'retry')
    if (socket || !isWanted()) return
    socket = new WebSocket(location.origin.replace('http', 'ws') + LIVE_PATH)
    socket.onopen = ping
    socket.onmessage = ({ data }) => (data === PONG ? confirm() : apply(JSON.parse(data) as Nudge))
    socket.onclose = ({ code }) => lose(code !== CLOSE.tooMany)
    timers.start('pong', () => lose(true), PONG_MS)
  }

  function ping(): void {
    socket?.send(PING)
    timers.start('pong', () => lose(true), PONG_MS)
  }

  /** The socket works, end to end. */
  function confirm(): void {
    failures = 0
    timers.start('ping', ping, PING_MS)
    timers.stop('pong')
    if (isBehind) catchUp()
    if (!timers.has('settle')) timers.start('settle', () => setNudged(true), SETTLE_MS)
  }

  function catchUp(): void {
    isBehind = false
    timers.stop('poll')
    refetchAll(queries)
  }

  /** Drops the socket: polls become as frequent as without it. */
  function lose(shouldRetry: boolean): void {
    if (!socket) return
    socket.onclose = socket.onmessage = socket.onopen = null
    socket.close()
    socket = undefined
    timers.stop('ping', 'pong', 'settle', 'hide')
    // Otherwise the queries are fetched again on return.
    if (setNudged(false) && isWanted()) {
      isBehind = true
      timers.start('poll', catchUp, randomDelay(RETRY_MS))
    }
    if (!shouldRetry || !isWanted()) return
    timers.start('retry', connect, randomDelay(Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** failures++)))
  }

  const close = () => {
    lose(false)
    timers.stop('retry')
  }
  document.addEventListener(
    'visibilitychange',
    () => (document.visibilityState === 'visible' ? connect() : timers.start('hide', close, HIDDEN_MS)),
    { signal },
  )
  addEventListener('online', connect, { signal })
  addEventListener('offline', close, { signal })
  // An open socket would keep the page out of the back-forward cache.
  addEventListener('pagehide', close, { signal })
  addEventListener('pageshow', connect, { signal })
  signal.addEventListener('abort', close)
  connect()
}

const randomDelay = (longestMs: number) => RETRY_MIN_MS + Math.random() * (longestMs - RETRY_MIN_MS)

/** Timers by name. Starting one stops the one of the same name. */
class Timers {
  readonly #ids = new Map<string, ReturnType<typeof setTimeout>>()

  has(name: string): boolean {
    return this.#ids.has(name)
  }

  start(name: string, run: () => void, ms: number): void {
    this.stop(name)
    this.#ids.set(name, setTimeout(run, ms))
  }

  stop(...names: string[]): void {
    for (const name of names) {
      clearTimeout(this.#ids.get(name))
      this.#ids.delete(name)
    }
  }
}

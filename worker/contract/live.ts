/**
 * What a tab should read again, never its content: the tab reads that by the API, where visibility and expiry are decided. `uuid`:
 * the conversation.
 */
export type Nudge = { kind: 'message'; uuid: string } | { kind: 'notification' } | { kind: 'session' }

/** Path of the WebSocket of nudges. */
export const LIVE_PATH = '/api/live'

/** What a tab sends to see whether its socket still works, and the answer. */
export const PING = 'ping'
export const PONG = 'pong'

/** Sockets per user. One more closes the oldest. */
export const SOCKETS_MAX = 10

/** WebSocket close codes. */
export const CLOSE = {
  /** The session has ended or must be checked again: the tab reconnects. */
  checkSession: 4001,
  /** The user has opened SOCKETS_MAX newer ones. */
  tooMany: 4008,
} as const

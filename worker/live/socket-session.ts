/** Header of the Worker's request for a socket: the hash of the session that it has checked. */
export const SESSION_HEADER = 'x-session-hash'

/** Which sessions of a user have ended. By default all; `only` names one, `except` the one that has not ended. */
export type EndedSessions = {
  only?: string | undefined
  except?: string | undefined
  /** The session that ended them. Its own tabs know already: their sockets are closed without a nudge. */
  by?: string | undefined
}

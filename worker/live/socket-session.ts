/** Header of the Worker's request to a user's object for a socket: the hash of the session, which the Worker has checked. */
export const SESSION_HEADER = 'x-session-hash'

/** Which sessions of a user have ended, by hash: `only` one, all `except` one, or all. */
export type EndedSessions = {
  only?: string | undefined
  except?: string | undefined
  /** The session that ended them. Its own tabs get no nudge, since they know. */
  by?: string | undefined
}

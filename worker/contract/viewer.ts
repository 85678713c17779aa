/** The signed-in user of a verified access token. Postgres then checks whether the session has ended. */
export type Viewer = {
  /** Cognito's sub claim. */
  sub: string
  /** When the user signed in, Unix time in seconds. Unlike iat it does not change at a refresh. */
  auth_time: number
  /** SHA-256 that names the session (column sessions.hash), in hex. */
  session_hash: string
  /** Whether Cognito's group `moderators` has the user, as of when the token was issued. */
  is_moderator: boolean
}

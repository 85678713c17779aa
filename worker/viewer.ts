/**
 * Who sends a request, by the verified claims of their access token. Postgres checks whether the session has ended. Not the user's row:
 * `viewer` in responses and in the client is a `User`.
 */
export type Viewer = {
  /** Cognito's sub claim. */
  sub: string
  /** When the user signed in, Unix time in seconds. Unlike iat it does not change at a refresh. */
  auth_time: number
  /** Names the session: the SHA-256 of the token family's id, in hex, as in column sessions.hash. */
  session_hash: string
  /** Whether the user was in Cognito's group `moderators` when the token was issued. */
  is_moderator: boolean
}

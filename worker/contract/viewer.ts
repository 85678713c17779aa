/** A signed-in person, as a verified access token names them. Whether the session has ended, Postgres knows. */
export type Viewer = {
  /** Cognito's sub claim. */
  sub: string
  /** When the person signed in, seconds since the epoch: unlike iat it survives a refresh. */
  auth_time: number
  /** SHA-256 of the token family, in hex: which of the person's sessions this is (table sessions). */
  session_hash: string
}

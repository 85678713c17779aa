/** One error of a chain of causes. No message: it can hold a user's text. */
export type Cause = { name: string; code?: string; constraint?: string; frames: string[] }

/** An error of ours, as logged and reported. */
export type Failure = {
  source: 'worker' | 'browser'
  request_id: string
  /** The route's pattern, such as /api/activities/:uuid. */
  route: string | undefined
  /** The SQL function of an optional part of a page, if that failed. */
  part?: string
  codes: string[]
  /** The error itself, then its causes. */
  causes: Cause[]
}

/** An error of a chain: what may be known of it, and never its message, which can hold what a person typed. */
export type Cause = { name: string; code?: string; constraint?: string; frames: string[] }

/** A failure that is ours to mend, as the log and the reporter have it. */
export type Failure = {
  source: 'worker' | 'browser'
  request_id: string
  /** The pattern of the route, such as /api/activities/:uuid. */
  route: string | undefined
  /** The function of an optional part of a page, where that is what failed. */
  part?: string
  codes: string[]
  /** The error itself, then what caused it. */
  causes: Cause[]
}

import pg from 'pg'

/** An error of the proxy itself, not of a statement. */
export class NeonError extends Error {
  override name = 'NeonError'
  readonly status: number
  /** SQLSTATE; empty without one. */
  readonly code: string
  constructor(status: number, message: string, code = '') {
    super(message)
    this.status = status
    this.code = code
  }
}

/** The client has disconnected. The only error whose body has just a message and code. */
export class CancelledError extends NeonError {
  constructor() {
    super(400, 'Query cancelled, connection was terminated', '08P01')
  }
}

const WRONG_DATABASE = '3D000'
/** Invalid authorization, https://www.postgresql.org/docs/18/errcodes-appendix.html */
const AUTHORIZATION = '28'

/** Converts a failure to connect to the proxy's error. A wrong password has no SQLSTATE: the proxy checks it itself. */
export function toConnectError(error: unknown, user: string): unknown {
  if (error instanceof NeonError) return error
  if (!(error instanceof pg.DatabaseError)) return new NeonError(500, `could not reach Postgres: ${describe(error)}`)
  if (error.code?.startsWith(AUTHORIZATION)) {
    return new NeonError(400, `password authentication failed for user '${user}'`)
  }
  return error.code === WRONG_DATABASE ? error : new ServerError(error)
}

/** Postgres refuses the connection: too many connections, starting up, shutting down. */
class ServerError extends Error {
  readonly error: pg.DatabaseError
  constructor(error: pg.DatabaseError) {
    super(error.message)
    this.error = error
  }
}

type Fields = Record<string, string | null>

/**
 * Returns the status and body of a failed request: all fields of a Postgres error, null if missing, but '' for a missing
 * `code` or `severity`.
 *
 * https://github.com/neondatabase/neon/blob/main/proxy/src/serverless/sql_over_http.rs (`handle`)
 */
export function toErrorAnswer(error: unknown): { status: number; body: Fields } {
  if (error instanceof CancelledError) return { status: 400, body: { message: error.message, code: error.code } }
  if (error instanceof NeonError) return { status: error.status, body: fieldsOf(error.message, { code: error.code }) }
  if (error instanceof ServerError) return { status: 500, body: fieldsOf(error.message, error.error) }
  if (error instanceof pg.DatabaseError) return { status: 400, body: fieldsOf(error.message, error) }
  // The connection was lost during a statement.
  return { status: 400, body: fieldsOf(describe(error), {}) }
}

function fieldsOf(message: string, error: Partial<pg.DatabaseError>): Fields {
  return {
    message,
    code: error.code ?? '',
    detail: error.detail ?? null,
    hint: error.hint ?? null,
    position: error.position ?? null,
    internalPosition: error.internalPosition ?? null,
    internalQuery: error.internalQuery ?? null,
    severity: error.severity ?? '',
    where: error.where ?? null,
    table: error.table ?? null,
    column: error.column ?? null,
    schema: error.schema ?? null,
    dataType: error.dataType ?? null,
    constraint: error.constraint ?? null,
    file: error.file ?? null,
    line: error.line ?? null,
    routine: error.routine ?? null,
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || (error as NodeJS.ErrnoException).code || error.name
}

import pg from 'pg'

/** A failure that is not a database error: the proxy's own answers. */
export class NeonError extends Error {
  override name = 'NeonError'
  readonly status: number
  readonly code: string | undefined
  constructor(status: number, message: string, code?: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/**
 * The status and body of a failed request. A database error is a 400 with every field of the protocol, null where
 * Postgres gave none.
 *
 * https://github.com/neondatabase/neon/blob/main/proxy/src/serverless/sql_over_http.rs (`handle`)
 */
export function toErrorAnswer(error: unknown): { status: number; body: Record<string, string | null> } {
  if (error instanceof pg.DatabaseError) return { status: statusOf(error), body: fieldsOf(error) }
  if (error instanceof NeonError) {
    const { status, message, code } = error
    return { status, body: { message, ...(code !== undefined && { code }) } }
  }
  return { status: 500, body: { message: `could not reach Postgres: ${describe(error)}` } }
}

// Shutting down, starting up and out of connections are the server's trouble, not the statement's.
function statusOf(error: pg.DatabaseError): number {
  const isServerTrouble = ['57P01', '57P02', '57P03', '53300'].includes(error.code ?? '')
  return isServerTrouble ? 500 : 400
}

function fieldsOf(error: pg.DatabaseError): Record<string, string | null> {
  return {
    message: error.message,
    code: error.code ?? null,
    detail: error.detail ?? null,
    hint: error.hint ?? null,
    position: error.position ?? null,
    internalPosition: error.internalPosition ?? null,
    internalQuery: error.internalQuery ?? null,
    severity: error.severity ?? null,
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

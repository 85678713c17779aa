import pg from 'pg'
import type { Lease } from './connections.ts'
import { CancelledError, NeonError } from './error.ts'
import type { Batch, Statement } from './request.ts'
import { fromText } from './values.ts'

const MAX_RESPONSE_BYTES = 10 * 1024 * 1024
const QUERY_CANCELED = '57014'

type TextRow = (string | null)[]

/** Runs a single statement. Returns the body of the response. After a failure the session is closed. */
export async function runSingle(lease: Lease, statement: Statement): Promise<string> {
  try {
    return await run(lease, statement, { bytes: 0 })
  } catch (error) {
    if (!wasCancelled(lease, error)) lease.discard()
    throw lease.signal.aborted ? new CancelledError() : error
  }
}

/**
 * Runs statements in one transaction. Returns the body of the response. The first failure rolls back and is thrown. The session
 * is reused unless COMMIT failed or the client has disconnected.
 */
export async function runBatch(lease: Lease, batch: Batch): Promise<string> {
  const total = { bytes: 0 }
  const results: string[] = []
  await lease.client.query(batch.begin)
  try {
    for (const statement of batch.statements) results.push(await run(lease, statement, total))
    assertPresent(lease)
  } catch (error) {
    await lease.client.query('ROLLBACK').catch(() => {})
    if (!lease.signal.aborted) throw error
    lease.discard()
    throw new CancelledError()
  }
  await lease.client.query('COMMIT').catch((error: unknown) => {
    lease.discard()
    throw error
  })
  return `{"results":[${results.join()}]}`
}

/** Runs a statement. Returns its result as JSON. `total`: size of the response so far. */
async function run(lease: Lease, statement: Statement, total: { bytes: number }): Promise<string> {
  assertPresent(lease)
  const query = {
    text: statement.text,
    values: statement.values,
    rowMode: 'array',
    // Without parameters pg would use the simple protocol, which accepts several statements in one string; Neon accepts one.
    queryMode: 'extended',
    types: { getTypeParser: () => (text: string) => text },
  }
  const result = (await lease.client.query(query as pg.QueryArrayConfig)) as pg.QueryArrayResult<TextRow>
  const head = {
    command: result.command ?? '',
    rowCount: result.rowCount,
    fields: result.fields.map(toField),
    rowAsArray: statement.asArrays,
  }
  const rows = result.rows.map((row) => rowToJson(row, result.fields, statement, total))
  return `${JSON.stringify(head).slice(0, -1)},"rows":[${rows.join()}]}`
}

/** Throws status 507 if the response exceeds 10 MiB already before this row. */
function rowToJson(row: TextRow, fields: pg.FieldDef[], statement: Statement, total: { bytes: number }): string {
  if (total.bytes > MAX_RESPONSE_BYTES) {
    throw new NeonError(507, `response is too large (max is ${MAX_RESPONSE_BYTES} bytes)`)
  }
  const json = JSON.stringify(toRow(row, fields, statement))
  total.bytes += Buffer.byteLength(json) + 1
  return json
}

function toRow(row: TextRow, fields: pg.FieldDef[], { asArrays, asRawText }: Statement): unknown {
  const values = asRawText ? row : row.map((text, index) => fromText(text, fields[index]?.dataTypeID ?? 0))
  return asArrays ? values : Object.fromEntries(fields.map(({ name }, index) => [name, values[index]]))
}

function toField(field: pg.FieldDef) {
  const { name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier } = field
  return { name, dataTypeID, tableID, columnID, dataTypeSize, dataTypeModifier, format: 'text' }
}

/** Returns whether a statement failed because its client disconnected. */
const wasCancelled = ({ signal }: Lease, error: unknown): boolean =>
  signal.aborted &&
  (error instanceof CancelledError || (error instanceof pg.DatabaseError && error.code === QUERY_CANCELED))

function assertPresent({ signal }: Lease): void {
  if (signal.aborted) throw new CancelledError()
}

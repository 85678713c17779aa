import pg from 'pg'
import type { Lease } from './connections.ts'
import { CancelledError, NeonError } from './error.ts'
import type { Batch, Statement } from './request.ts'
import { fromText } from './values.ts'

const MAX_RESPONSE_BYTES = 10 * 1024 * 1024
const QUERY_CANCELED = '57014'

type TextRow = (string | null)[]

/** Runs one statement by itself. Resolves to the body of the answer. A session in which it failed is not handed on. */
export async function runSingle(lease: Lease, statement: Statement): Promise<string> {
  try {
    return await run(lease, statement, { bytes: 0 })
  } catch (error) {
    if (!wasCancelled(lease, error)) lease.discard()
    throw lease.signal.aborted ? new CancelledError() : error
  }
}

/**
 * Runs the statements in one transaction; the first failure rolls all of them back and is thrown. The session is handed on
 * unless it was the transaction's own end that failed, or the client has gone.
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

/** Runs a statement. Resolves to its result as JSON; `total` counts what the answer has so far. */
async function run(lease: Lease, statement: Statement, total: { bytes: number }): Promise<string> {
  assertPresent(lease)
  const query = {
    text: statement.text,
    values: statement.values,
    rowMode: 'array',
    // Without it pg uses the simple protocol where there are no parameters, which takes several statements in one
    // string; Neon takes one.
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

/** Throws status 507 when the answer had more than 10 MiB before this row already. */
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

/** Whether a statement ended because its client had gone, and not by itself. */
const wasCancelled = ({ signal }: Lease, error: unknown): boolean =>
  signal.aborted &&
  (error instanceof CancelledError || (error instanceof pg.DatabaseError && error.code === QUERY_CANCELED))

function assertPresent({ signal }: Lease): void {
  if (signal.aborted) throw new CancelledError()
}

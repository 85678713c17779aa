import type pg from 'pg'
import type { Lease } from './connections.ts'
import { NeonError } from './error.ts'
import type { Batch, Statement } from './request.ts'
import { fromText } from './values.ts'

const MAX_RESPONSE_BYTES = 10 * 1024 * 1024

type TextRow = (string | null)[]

/** Runs one statement by itself. Resolves to the body of the answer. */
export async function runSingle(lease: Lease, statement: Statement): Promise<string> {
  return JSON.stringify(await run(lease, statement, { bytes: 0 }))
}

/** Runs the statements in one transaction; the first failure rolls all of them back and is thrown. */
export async function runBatch(lease: Lease, batch: Batch): Promise<string> {
  const total = { bytes: 0 }
  const results: unknown[] = []
  await lease.client.query(batch.begin)
  try {
    for (const statement of batch.statements) results.push(await run(lease, statement, total))
    assertPresent(lease)
    await lease.client.query('COMMIT')
  } catch (error) {
    await lease.client.query('ROLLBACK').catch(() => {})
    throw error
  }
  return JSON.stringify({ results })
}

async function run(lease: Lease, statement: Statement, total: { bytes: number }): Promise<unknown> {
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
  countBytes(result.rows, total)
  return {
    command: result.command ?? '',
    rowCount: result.rowCount,
    rows: result.rows.map((row) => toRow(row, result.fields, statement)),
    fields: result.fields.map(toField),
    rowAsArray: statement.asArrays,
  }
}

function toRow(row: TextRow, fields: pg.FieldDef[], { asArrays, asRawText }: Statement): unknown {
  const values = asRawText ? row : row.map((text, index) => fromText(text, fields[index]?.dataTypeID ?? 0))
  return asArrays ? values : Object.fromEntries(fields.map(({ name }, index) => [name, values[index]]))
}

function toField(field: pg.FieldDef) {
  const { name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier } = field
  return { name, dataTypeID, tableID, columnID, dataTypeSize, dataTypeModifier, format: 'text' }
}

// A row weighs what it does on the wire: four bytes of length before each column.
function countBytes(rows: TextRow[], total: { bytes: number }): void {
  for (const row of rows) {
    total.bytes += row.reduce((bytes, text) => bytes + 4 + (text === null ? 0 : Buffer.byteLength(text)), 2)
    if (total.bytes > MAX_RESPONSE_BYTES) {
      throw new NeonError(507, `response is too large (max is ${MAX_RESPONSE_BYTES} bytes)`)
    }
  }
}

function assertPresent({ signal }: Lease): void {
  if (signal.aborted) throw new NeonError(400, 'Query cancelled, connection was terminated', '08P01')
}

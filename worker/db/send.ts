import { neon, types } from '@neondatabase/serverless'
import { span } from '../observe/span.ts'
import { toIso } from './to-iso.ts'

/** Timeout of a request to Postgres, in ms. */
const TIMEOUT = 10_000

/** Postgres's ids of types. */
const TIMESTAMPTZ = 1184
const BIGINT = 20
types.setTypeParser(TIMESTAMPTZ, toIso)
// Our counts fit into safe integers.
types.setTypeParser(BIGINT, Number)

/** A query with its values; `name` is for the span. */
export type Statement = { name: string; text: string; values: unknown[] }

/** Sends statements as one HTTP request, several as one transaction. Returns the rows of each. */
export function sendStatements(databaseUrl: string, statements: Statement[]): Promise<unknown[][]> {
  const names = statements.map(({ name }) => name).join(' ')
  return span('database', { 'db.statements': names }, async () => {
    const sql = neon(databaseUrl)
    const options = { fetchOptions: { signal: AbortSignal.timeout(TIMEOUT) } }
    const [first] = statements
    return first && statements.length === 1
      ? sql.query(first.text, first.values, options).then((rows) => [rows])
      : sql.transaction(
          statements.map(({ text, values }) => sql.query(text, values)),
          options,
        )
  })
}

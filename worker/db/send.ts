import { neon, types } from '@neondatabase/serverless'
import { span } from '../observe/span.ts'
import { toIso } from './to-iso.ts'

/** Timeout of a round trip to Postgres, in ms. */
const TIMEOUT = 10_000

const TIMESTAMPTZ = 1184
const BIGINT = 20
// No count of ours leaves the safe integers.
types.setTypeParser(TIMESTAMPTZ, toIso)
types.setTypeParser(BIGINT, Number)

/** A query with its values. */
export type Statement = { name: string; text: string; values: unknown[] }

/** Sends statements as one HTTP request, in a span that has their names; returns the rows of each. Several are one transaction. */
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

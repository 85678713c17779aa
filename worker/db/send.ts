import { neon, neonConfig, types } from '@neondatabase/serverless'
import { span, traceparent } from '../observe/trace.ts'
import { toIso } from './to-iso.ts'

/** Longer than this, in milliseconds, nobody waits for Postgres. */
const TIMEOUT = 10_000

const TIMESTAMPTZ = 1184
const BIGINT = 20
// No count of ours leaves the safe integers.
types.setTypeParser(TIMESTAMPTZ, toIso)
types.setTypeParser(BIGINT, Number)

neonConfig.fetchFunction = (url: string, init: RequestInit) =>
  fetch(url, { ...init, headers: { ...init.headers, traceparent: traceparent() ?? '' } })

/** A query with its values. */
export type Statement = { name: string; text: string; values: unknown[] }

/** Sends statements as one HTTP request, with a span for each; returns the rows of each. Several are one transaction. */
export function sendStatements(databaseUrl: string, statements: Statement[]): Promise<unknown[][]> {
  return span('database', { statements: statements.length }, async () => {
    const sql = neon(databaseUrl)
    const options = { fetchOptions: { signal: AbortSignal.timeout(TIMEOUT) } }
    const [first] = statements
    // The driver's promises are lazy, and run anew at each `then`: this one is had once.
    const sent =
      first && statements.length === 1
        ? sql.query(first.text, first.values, options).then((rows) => [rows])
        : sql.transaction(
            statements.map(({ text, values }) => sql.query(text, values)),
            options,
          )
    await Promise.all(statements.map(({ name }) => span(`sql ${name}`, {}, () => sent)))
    return sent
  })
}

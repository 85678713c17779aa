import { neon, neonConfig, types } from '@neondatabase/serverless'
import * as z from 'zod/mini'
import nowSql from '../../sql/queries/clock/now.sql'
import requireSql from '../../sql/queries/session/require.sql'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import { span, traceparent } from '../observe/trace.ts'
import { isTransient, sqlState, toAppError } from './errors.ts'
import { type Parameters, type Query, query, type Values } from './query.ts'
import { toIso } from './to-iso.ts'

/** Longer than this, in milliseconds, nobody waits for Postgres. */
const TIMEOUT = 10_000

/**
 * Batches that an isolate has under way at most. One more is refused at once: a queue would only grow, and its end would
 * wait for answers that nobody waits for any more.
 */
const MOST_AT_ONCE = 128
let underWay = 0

const TIMESTAMPTZ = 1184
const BIGINT = 20
// No count of ours leaves the safe integers.
types.setTypeParser(TIMESTAMPTZ, toIso)
types.setTypeParser(BIGINT, Number)

neonConfig.fetchFunction = (url: string, init: RequestInit) =>
  fetch(url, { ...init, headers: { ...init.headers, traceparent: traceparent() ?? '' } })

export const now = query({ name: 'clock/now', text: nowSql, params: {}, row: z.object({ now: z.string() }) })

export const requireViewer = query({
  name: 'session/require',
  text: requireSql,
  params: { viewer_sub: 'text', viewer_auth_time: 'bigint' },
  row: z.object({ uuid: z.string() }),
})

type Ask = {
  query: Query<Parameters, unknown>
  values: unknown[]
  resolve: (rows: unknown[]) => void
  reject: (error: AppError) => void
}

type Options = {
  databaseUrl: string
  neonEndpoint: string | undefined
  /** Makes the row of a person seen for the first time, or throws; the batch that needed it runs once more. */
  provision?: () => Promise<void>
}

/**
 * One request's way to Postgres. What is asked for in the same turn of the event loop goes as one HTTP request:
 * a single statement, or one transaction in which each statement sees what the earlier ones did.
 */
export class Db {
  /** Batches waited for so far, and the milliseconds that took: for Server-Timing. */
  trips = 0
  waited = 0
  /** The database's clock at the first batch since `readClock`, and ours when that set off; ms since the epoch. */
  now: number | undefined
  /** Whose batch this is, once one that needed somebody has run. */
  viewerUuid: string | undefined
  askedAt: number | undefined
  /** The earliest `expires_at` in any row that was read, ms since the epoch: what is made of them ends then at the latest. */
  earliestEnd = Number.POSITIVE_INFINITY
  /** Whether a batch has failed: what is shown may then lack something, though it be no error. */
  hasFailed = false
  readonly #options: Options
  #readsClock = false
  #queue: Ask[] = []
  #required: unknown[] | undefined

  constructor(options: Options) {
    this.#options = options
    const { neonEndpoint } = options
    if (neonEndpoint) neonConfig.fetchEndpoint = () => neonEndpoint
  }

  /** From here on every batch fails unless this session is good: a Bearer token counts, or the request is refused. */
  require({ sub, auth_time }: Viewer): void {
    this.#required = [sub, auth_time]
  }

  /** Also reads the database's clock with the next batch: pages count their fuses from it, and the edge its copies. */
  readClock(): void {
    this.#readsClock = true
  }

  /**
   * The rows of a query, each checked against its declaration.
   * @throws AppError with the code of db/errors.ts; all asks of a batch fail with it.
   */
  many<P extends Parameters, Row>(asked: Query<P, Row>, values: Values<P>): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      // A timer, not a microtask: loaders that run side by side reach this point a few microtasks apart.
      if (this.#queue.length === 0) setTimeout(() => void this.#flush())
      this.#queue.push({
        query: asked as unknown as Query<Parameters, unknown>,
        values: Object.keys(asked.params).map((name) => values[name]),
        resolve: resolve as (rows: unknown[]) => void,
        reject,
      })
    })
  }

  /** The first row, or undefined. */
  async first<P extends Parameters, Row>(asked: Query<P, Row>, values: Values<P>): Promise<Row | undefined> {
    const [row] = await this.many(asked, values)
    return row
  }

  /** Every ask of the batch is answered or rejected, whatever is thrown: whoever waits for one would wait forever. */
  async #flush(): Promise<void> {
    const asks = this.#queue
    this.#queue = []
    const failure = await this.#answer(asks)
      .then(() => undefined, toAppError)
      .catch((cause: unknown) => new AppError('internal', { cause }))
    if (!failure) return
    this.hasFailed = true
    for (const ask of asks) ask.reject(failure)
  }

  async #answer(asks: Ask[]): Promise<void> {
    const results = await this.#settle({
      asks,
      requires: this.#required ?? requiredBy(asks),
      clock: this.#readsClock && this.now === undefined,
    })
    for (const ask of asks) {
      const rows = (results.get(ask) ?? []).map((row) => checkRow(ask.query, row))
      this.earliestEnd = Math.min(this.earliestEnd, ...rows.map(endOf))
      ask.resolve(rows)
    }
  }

  /** Runs a batch; once more after a deadlock, or after the viewer's row has been made. */
  async #settle(batch: Batch): Promise<Map<Ask, unknown[]>> {
    try {
      return await this.#run(batch)
    } catch (error) {
      const { provision } = this.#options
      if (sqlState(error) === 'CR404' && provision) await provision()
      else if (!isTransient(error)) throw error
      return await this.#run(batch)
    }
  }

  async #run({ asks, requires, clock }: Batch): Promise<Map<Ask, unknown[]>> {
    if (underWay >= MOST_AT_ONCE) throw new AppError('overloaded', { retryAfter: 1 })
    const statements: Statement[] = [
      ...(requires ? [{ ...requireViewer, values: requires }] : []),
      ...asks.map((ask) => ({ ...ask.query, values: ask.values })),
      ...(clock ? [{ ...now, values: [] }] : []),
    ]
    const started = Date.now()
    underWay += 1
    try {
      const lists = await this.#send(statements)
      if (clock) {
        this.now = Date.parse(now.row.parse(lists.at(-1)?.[0]).now)
        this.askedAt = started
      }
      const offset = requires ? 1 : 0
      if (requires) this.viewerUuid = requireViewer.row.parse(lists[0]?.[0]).uuid
      return new Map(asks.map((ask, index) => [ask, lists[index + offset] ?? []]))
    } finally {
      underWay -= 1
      this.trips += 1
      this.waited += Date.now() - started
    }
  }

  /** One trip, with a span for each statement of it. */
  #send(statements: Statement[]): Promise<unknown[][]> {
    return span('database', { statements: statements.length }, async () => {
      const sql = neon(this.#options.databaseUrl)
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
}

type Statement = { name: string; text: string; values: unknown[] }
type Batch = { asks: Ask[]; requires: unknown[] | undefined; clock: boolean }

/** The viewer of the first ask that needs one; VIEWER comes first in every query that has it. */
const requiredBy = (asks: Ask[]) => asks.find((ask) => ask.query.requiresViewer)?.values.slice(0, 2)

/** When what a row tells of ends, ms since the epoch. */
function endOf(row: unknown): number {
  const { expires_at } = row as { expires_at?: unknown }
  return typeof expires_at === 'string' ? Date.parse(expires_at) : Number.POSITIVE_INFINITY
}

/** @throws AppError internal when the row is not what the declaration says. */
function checkRow<Row>({ row: schema }: Query<Parameters, Row>, row: unknown): Row {
  const checked = schema.safeParse(row)
  if (checked.success) return checked.data
  throw new AppError('internal', { cause: checked.error })
}

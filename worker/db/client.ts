import { neonConfig } from '@neondatabase/serverless'
import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import { isTransient, sqlState, toAppError } from './errors.ts'
import { NOBODY, type Parameters, type Query, sqlFunction, type Values } from './query.ts'
import { type Statement, sendStatements } from './send.ts'

/**
 * Batches that an isolate has under way at most. One more is refused at once: a queue would only grow, and its end would
 * wait for answers that nobody waits for any more.
 */
const MOST_AT_ONCE = 128
let underWay = 0

export const readClock = sqlFunction({ name: 'read_clock', params: {}, row: z.object({ now: z.string() }) })

export const checkSession = sqlFunction({
  name: 'check_session',
  params: { sub: 'text', auth_time: 'bigint', session_hash: 'text', browser: 'text', is_required: 'boolean' },
  row: z.object({ uuid: z.nullable(z.string()) }),
})

type Ask = {
  query: Query<Parameters, unknown>
  values: Record<string, unknown>
  resolve: (rows: unknown[]) => void
  reject: (error: AppError) => void
}

type Options = {
  databaseUrl: string
  neonEndpoint: string | undefined
  /** The kind of browser that asks, for the row of a session that is seen for the first time. */
  browser?: string
  /** Makes the row of a person seen for the first time, or throws; the batch that needed it runs once more. */
  provision?: () => Promise<void>
  /** Called when the viewer's session has ended and a batch that needs nobody goes on as signed out. */
  onSessionEnded?: () => void
}

/**
 * One request's way to Postgres. What is asked for in the same turn of the event loop goes as one HTTP request:
 * a single statement, or one transaction in which each statement sees what the earlier ones did.
 */
export class Db {
  /** Who asks. A batch that has a query with a viewer begins by checking this session; null: it runs as signed out. */
  viewer: Viewer | null = null
  /** Batches waited for so far, and the milliseconds that took: for Server-Timing. */
  trips = 0
  waited = 0
  /** The database's clock at the first batch since `readClock`, and ours when that set off; ms since the epoch. */
  now: number | undefined
  /** Whose batch this is, once one that has a viewer has run. */
  viewerUuid: string | undefined
  askedAt: number | undefined
  /** The earliest `expires_at` in any row that was read, ms since the epoch: what is made of them ends then at the latest. */
  earliestEnd = Number.POSITIVE_INFINITY
  /** Whether a batch has failed: what is shown may then lack something, though it be no error. */
  hasFailed = false
  readonly #options: Options
  #isRequired = false
  #readsClock = false
  #queue: Ask[] = []

  constructor(options: Options) {
    this.#options = options
    const { neonEndpoint } = options
    if (neonEndpoint) neonConfig.fetchEndpoint = () => neonEndpoint
  }

  /** From here on every batch fails unless the viewer's session is good: a Bearer token counts, or the request is refused. */
  require(): void {
    this.#isRequired = true
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
        values,
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
      check: this.#checkFor(asks),
      clock: this.#readsClock && this.now === undefined,
    })
    for (const ask of asks) {
      const rows = (results.get(ask) ?? []).map((row) => checkRow(ask.query, row))
      this.earliestEnd = Math.min(this.earliestEnd, ...rows.map((row) => endOf(ask.query, row)))
      ask.resolve(rows)
    }
  }

  /** What a batch is to be checked for; undefined when it has no viewer. @throws AppError unauthorized when it needs one. */
  #checkFor(asks: Ask[]): Check | undefined {
    const is_required = this.#isRequired || asks.some(({ query }) => query.requiresViewer)
    if (!is_required && !asks.some(hasViewer)) return undefined
    if (this.viewer) return { ...this.viewer, browser: this.#options.browser ?? 'Unknown browser', is_required }
    if (is_required) throw new AppError('unauthorized')
    return undefined
  }

  /** Runs a batch; once more after a deadlock, after the viewer's row has been made, or as signed out. */
  async #settle(batch: Batch): Promise<Map<Ask, unknown[]>> {
    try {
      return await this.#run(batch)
    } catch (error) {
      const { provision, onSessionEnded } = this.#options
      if (sqlState(error) === 'CR401' && batch.check?.is_required === false) {
        this.viewer = null
        onSessionEnded?.()
        return await this.#run({ ...batch, check: undefined })
      }
      if (sqlState(error) === 'CR404' && provision) await provision()
      else if (!isTransient(error)) throw error
      return await this.#run(batch)
    }
  }

  async #run({ asks, check, clock }: Batch): Promise<Map<Ask, unknown[]>> {
    if (underWay >= MOST_AT_ONCE) throw new AppError('overloaded', { retryAfter: 1 })
    // A viewer counts only in a batch that was checked.
    const valuesOf = (ask: Ask) => (check || !hasViewer(ask) ? ask.values : { ...ask.values, ...NOBODY })
    const statements = [
      ...(check ? [toStatement(checkSession, check)] : []),
      ...asks.map((ask) => toStatement(ask.query, valuesOf(ask))),
      ...(clock ? [toStatement(readClock, {})] : []),
    ]
    const started = Date.now()
    underWay += 1
    try {
      const lists = await sendStatements(this.#options.databaseUrl, statements)
      if (clock) {
        this.now = Date.parse(readClock.row.parse(lists.at(-1)?.[0]).now)
        this.askedAt = started
      }
      const offset = check ? 1 : 0
      if (check) this.viewerUuid = checkSession.row.parse(lists[0]?.[0]).uuid ?? undefined
      return new Map(asks.map((ask, index) => [ask, lists[index + offset] ?? []]))
    } finally {
      underWay -= 1
      this.trips += 1
      this.waited += Date.now() - started
    }
  }
}

type Check = Values<typeof checkSession.params>
type Batch = { asks: Ask[]; check: Check | undefined; clock: boolean }

/** Whether an ask is of somebody's, as far as it says itself. */
const hasViewer = ({ query, values }: Ask) => 'viewer_sub' in query.params && values.viewer_sub !== null

/** A query with its values in the order of its parameters. */
const toStatement = (
  { name, text, params }: Pick<Query<Parameters, unknown>, 'name' | 'text' | 'params'>,
  values: Record<string, unknown>,
): Statement => ({ name, text, values: Object.keys(params).map((param) => values[param]) })

/** When what a row tells of ends, ms since the epoch. */
function endOf({ expiresAt }: Query<Parameters, unknown>, row: unknown): number {
  if (expiresAt) return Date.parse(expiresAt(row))
  const { expires_at } = row as { expires_at?: unknown }
  return typeof expires_at === 'string' ? Date.parse(expires_at) : Number.POSITIVE_INFINITY
}

/** @throws AppError internal when the row is not what the declaration says. */
function checkRow<Row>({ row: schema }: Query<Parameters, Row>, row: unknown): Row {
  const checked = schema.safeParse(row)
  if (checked.success) return checked.data
  throw new AppError('internal', { cause: checked.error })
}

import { neonConfig } from '@neondatabase/serverless'
import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import { isTransient, sqlState, toAppError } from './errors.ts'
import { joinStatements, rowsOf } from './join-statements.ts'
import { isPartFault, isResting, partError, partsAtFault, rest } from './optional-parts.ts'
import {
  type AnyFunction,
  type Parameters,
  type ReadFunction,
  readFunction,
  type Values,
  type WriteFunction,
  writeFunction,
} from './query.ts'
import { type Statement, sendStatements } from './send.ts'

/** Batches under way per isolate. One more is refused at once: its client would have left before a queue came to it. */
const MOST_AT_ONCE = 128
let underWay = 0

/** How long the optional parts of a batch may run together, in ms. */
const OPTIONAL_TIMEOUT = 1_000

export const readClock = readFunction({ name: 'read_clock', params: {}, row: z.object({ now: z.string() }) })

/** Opens each batch that has a viewer: see sql/functions/sessions/check_session.sql. */
export const checkSession = writeFunction({
  name: 'check_session',
  params: { sub: 'text', auth_time: 'bigint', session_hash: 'text', browser: 'text', is_required: 'boolean' },
  row: z.object({ uuid: z.nullable(z.string()) }),
})

type Ask = {
  called: AnyFunction
  values: Record<string, unknown>
  isOptional: boolean
  resolve: (rows: unknown[]) => void
  reject: (error: AppError) => void
}

type Options = {
  databaseUrl: string
  neonEndpoint: string | undefined
  /** The kind of browser that asks, for the row of a session that is seen for the first time. */
  browser?: string
  /** Called when the viewer's session has ended and a batch that needs nobody goes on as signed out. */
  onSessionEnded?: () => void
  /** Called for an optional part that failed; its page goes on without it. */
  onPartFailed?: (name: string, cause: unknown) => void
}

/** What reads need. */
export type Reader = Pick<Db, 'read' | 'readOne'>

/**
 * One request's way to Postgres, by two verbs. `read` is batched: what is asked for in the same turn of the event loop goes as
 * one HTTP request and one transaction. `write` is one call by itself, sent at once.
 */
export class Db {
  /** Who asks. A batch that has a function with a viewer begins by checking this session; null: it runs as signed out. */
  viewer: Viewer | null = null
  /** Round trips waited for so far, and the milliseconds that took: for Server-Timing. */
  trips = 0
  waited = 0
  /** The database's clock at the first batch since `readClock`, and ours when that was sent; ms since the epoch. */
  now: number | undefined
  askedAt: number | undefined
  /** Whose batch this is, once one that has a viewer has run. */
  viewerUuid: string | undefined
  /** The earliest expiry in any row that was read, ms since the epoch: what is made of them expires then at the latest. */
  earliestEnd = Number.POSITIVE_INFINITY
  /** Whether a batch or an optional part has failed: what is shown may lack something, though it be no error. */
  hasFailed = false
  /** The same reads as parts that a page can do without: they come last, have little time, and fail alone. */
  readonly optional: Reader = {
    read: (called, values) => this.#ask(called, values, true),
    readOne: async (called, values) => (await this.#ask(called, values, true))[0],
  }
  readonly #options: Options
  #createUser: (() => Promise<void>) | undefined
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

  /** What creates the viewer's row when a batch finds none; the batch then runs once more. Only routes that need a user have it. */
  createMissingUser(create: () => Promise<void>): void {
    this.#createUser = create
  }

  /** Also reads the database's clock with the next batch: pages count their fuses from it, and the edge its entries. */
  readClock(): void {
    this.#readsClock = true
  }

  /**
   * The rows of a function, each checked against its declaration.
   * @throws AppError with the code of db/errors.ts; all reads of a batch fail with it.
   */
  read<P extends Parameters, Row>(called: ReadFunction<P, Row>, values: Values<P>): Promise<Row[]> {
    return this.#ask(called, values, false)
  }

  /** The first row, or undefined. */
  async readOne<P extends Parameters, Row>(called: ReadFunction<P, Row>, values: Values<P>): Promise<Row | undefined> {
    const [row] = await this.read(called, values)
    return row
  }

  /** Calls a function that writes, in a transaction of its own; returns its rows. @throws AppError as `read` does. */
  write<P extends Parameters, Row>(called: WriteFunction<P, Row>, values: Values<P>): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      const ask = { called, values, isOptional: false, resolve: resolve as Ask['resolve'], reject }
      void this.#answerAll([ask])
    })
  }

  /** The first row, or undefined. */
  async writeOne<P extends Parameters, Row>(
    called: WriteFunction<P, Row>,
    values: Values<P>,
  ): Promise<Row | undefined> {
    const [row] = await this.write(called, values)
    return row
  }

  #ask<P extends Parameters, Row>(
    called: ReadFunction<P, Row>,
    values: Values<P>,
    isOptional: boolean,
  ): Promise<Row[]> {
    if (isOptional && isResting(called.name)) {
      this.hasFailed = true
      return Promise.reject(partError())
    }
    return new Promise((resolve, reject) => {
      // A timer, not a microtask: loaders that run side by side reach this point a few microtasks apart.
      if (this.#queue.length === 0) setTimeout(() => void this.#flush())
      this.#queue.push({ called, values, isOptional, resolve: resolve as Ask['resolve'], reject })
    })
  }

  #flush(): Promise<void> {
    const asks = this.#queue
    this.#queue = []
    return this.#answerAll(asks)
  }

  /** Every ask of the batch is answered or rejected, whatever is thrown: whoever waits for one would wait forever. */
  async #answerAll(asks: Ask[]): Promise<void> {
    const failure = await this.#answer(asks)
      .then(() => undefined, toAppError)
      .catch((cause: unknown) => new AppError('internal', { cause }))
    if (!failure) return
    this.hasFailed = true
    for (const ask of asks) ask.reject(failure)
  }

  async #answer(asks: Ask[]): Promise<void> {
    const results = await this.#runWithoutFailedParts({
      asks: [...asks.filter(({ isOptional }) => !isOptional), ...asks.filter(({ isOptional }) => isOptional)],
      check: this.#checkFor(asks),
      clock: this.#readsClock && this.now === undefined,
    })
    for (const [ask, rows] of results) {
      try {
        const checked = rows.map((row) => checkRow(ask.called, row))
        this.earliestEnd = Math.min(this.earliestEnd, ...checked.map((row) => expiryOf(ask.called, row)))
        ask.resolve(checked)
      } catch (error) {
        if (!ask.isOptional) throw error
        this.#failPart(ask, error)
      }
    }
  }

  /** Runs a batch; where an optional part has failed it, once more without those. */
  async #runWithoutFailedParts(batch: Batch): Promise<Map<Ask, unknown[]>> {
    try {
      return await this.#settle(batch)
    } catch (error) {
      const optional = batch.asks.filter(({ isOptional }) => isOptional)
      if (optional.length === 0 || !isPartFault(error)) throw error
      const required = batch.asks.filter(({ isOptional }) => !isOptional)
      const results = required.length > 0 ? await this.#settle({ ...batch, asks: required }) : new Map()
      // Only now: had a required part been the fault, this would have thrown.
      const names = partsAtFault(
        error,
        optional.map(({ called }) => called.name),
      )
      for (const ask of optional) this.#failPart(ask, names.includes(ask.called.name) ? error : undefined)
      return results
    }
  }

  /** @param cause Why it failed; undefined if it was left out because of another part. */
  #failPart({ called, reject }: Ask, cause: unknown): void {
    this.hasFailed = true
    if (cause !== undefined) {
      rest(called.name)
      this.#options.onPartFailed?.(called.name, cause)
    }
    reject(partError(cause))
  }

  /** What a batch is to be checked for; undefined when it has no viewer. @throws AppError unauthorized when it needs one. */
  #checkFor(asks: Ask[]): Check | undefined {
    const is_required = this.#isRequired || asks.some(({ called }) => called.requiresViewer)
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
      if (sqlState(error) === 'CR401' && batch.check?.is_required === false) {
        this.viewer = null
        this.#options.onSessionEnded?.()
        return await this.#run({ ...batch, check: undefined })
      }
      if (sqlState(error) === 'CR404' && this.#createUser) await this.#createUser()
      else if (!isTransient(error)) throw error
      return await this.#run(batch)
    }
  }

  async #run({ asks, check, clock }: Batch): Promise<Map<Ask, unknown[]>> {
    if (underWay >= MOST_AT_ONCE) throw new AppError('overloaded', { retryAfter: 1 })
    const required = asks.filter(({ isOptional }) => !isOptional)
    const optional = asks.filter(({ isOptional }) => isOptional)
    // A viewer counts only in a batch that was checked.
    const toStatement = ({ called, values }: Ask) =>
      statementOf(called, check || !('viewer_sub' in called.params) ? values : { ...values, viewer_sub: null })
    const statements = [
      ...(check ? [statementOf(checkSession, check)] : []),
      ...required.map(toStatement),
      ...(optional.length > 0 ? [LIMIT_TIME, joinStatements(optional.map(toStatement))] : []),
      ...(clock && optional.length === 0 ? [statementOf(readClock, {})] : []),
    ]
    const started = Date.now()
    underWay += 1
    try {
      const lists = await sendStatements(this.#options.databaseUrl, statements)
      const checked = check ? lists.shift() : undefined
      if (check) this.viewerUuid = checkRow(checkSession, checked?.[0]).uuid ?? undefined
      const results = new Map<Ask, unknown[]>(required.map((ask) => [ask, lists.shift() ?? []]))
      // Of LIMIT_TIME or readClock.
      const [clockRow] = lists.shift() ?? []
      if (clock) {
        this.now = Date.parse(checkRow(readClock, clockRow).now)
        this.askedAt = started
      }
      const [joined] = lists.shift() ?? []
      for (const [index, ask] of optional.entries()) results.set(ask, rowsOf(joined, index))
      return results
    } finally {
      underWay -= 1
      this.trips += 1
      this.waited += Date.now() - started
    }
  }
}

type Check = Values<typeof checkSession.params>
/** Required asks come before optional ones. */
type Batch = { asks: Ask[]; check: Check | undefined; clock: boolean }

/** Bounds what comes after it in the same transaction, and reads the clock as readClock does. */
const LIMIT_TIME: Statement = {
  name: 'set_statement_timeout',
  text: `select now(), set_config('statement_timeout', '${OPTIONAL_TIMEOUT}', true)`,
  values: [],
}

/** Whether an ask is of somebody's, as far as it says itself. */
const hasViewer = ({ called, values }: Ask) => 'viewer_sub' in called.params && values.viewer_sub !== null

/** A call with its values in the order of the function's parameters. */
const statementOf = ({ name, text, params }: AnyFunction, values: Record<string, unknown>): Statement => ({
  name,
  text,
  values: Object.keys(params).map((param) => values[param]),
})

/** When what a row shows expires, ms since the epoch. */
const expiryOf = <Row>({ expiresAt }: { expiresAt?(row: Row): string }, row: Row): number =>
  expiresAt ? Date.parse(expiresAt(row)) : Number.POSITIVE_INFINITY

/** @throws AppError internal when the row is not what the declaration says. */
function checkRow<P extends Parameters, Row>(
  { row: schema }: ReadFunction<P, Row> | WriteFunction<P, Row>,
  row: unknown,
): Row {
  const checked = schema.safeParse(row)
  if (checked.success) return checked.data
  throw new AppError('internal', { cause: checked.error })
}

import { neonConfig } from '@neondatabase/serverless'
import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../viewer.ts'
import { isTransient, sqlState, toAppError } from './errors.ts'
import { joinStatements, rowsOf } from './join-statements.ts'
import type { Nudged } from './nudged.ts'
import { isPartFault, isSkipped, partError, partsAtFault, skipPart } from './optional-parts.ts'
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

/** Limit of concurrent batches per isolate. More are refused at once: clients would give up before a queue reached them. */
const BATCHES_MAX = 128
let pendingBatches = 0

/** Timeout of all optional parts of a batch together, in ms. */
const OPTIONAL_TIMEOUT_MS = 1_000

export const readClock = readFunction({ name: 'read_clock', params: {}, row: z.object({ now: z.string() }) })

/** The first statement of each batch that has a viewer, see sql/functions/sessions/check_session.sql. */
export const checkSession = writeFunction({
  name: 'check_session',
  params: {
    sub: 'text',
    auth_time: 'bigint',
    session_hash: 'text',
    browser: 'text',
    is_required: 'boolean',
    is_write: 'boolean',
  },
  row: z.object({ uuid: z.nullable(z.string()) }),
})

/** A call of a SQL function in a batch. */
type Call = {
  fn: AnyFunction
  values: Record<string, unknown>
  isOptional: boolean
  resolve: (rows: unknown[]) => void
  reject: (error: AppError) => void
}

type Options = {
  databaseUrl: string
  neonEndpoint: string | undefined
  /** Browser of the request, such as "Firefox on Android", for the row of a new session. */
  browser?: string
  /** Called when the viewer's session has ended and the batch runs again as signed out. */
  onSessionEnded?: () => void
  /** Called with the users who got a notification from a write, and what to push to them. */
  onNudged?: (nudged: Nudged) => void
  /** Called for an optional part that failed; the page renders without it. */
  onPartFailed?: (name: string, cause: unknown) => void
}

/** The read methods of Db. */
export type Reader = Pick<Db, 'read' | 'readOne'>

/**
 * The database access of one request. `read` is batched: all reads of one turn of the event loop are sent as one HTTP request
 * and one transaction. `write` is sent at once, as its own request and transaction.
 */
export class Db {
  /** The request's viewer; null when signed out. A batch that passes the viewer to a function checks their session first. */
  viewer: Viewer | null = null
  /** Number of round trips so far, and the time waited for them, in ms. */
  trips = 0
  waitedMs = 0
  /** The database's clock in the first batch after `readClock`, and the Worker's clock when that was sent; Unix time in ms. */
  now: number | undefined
  sentAt: number | undefined
  /** The viewer's uuid, once a batch with a viewer has run. */
  viewerUuid: string | undefined
  /** The earliest expiry in all rows read, Unix time in ms: limits how long the response may be cached. */
  earliestExpiry = Number.POSITIVE_INFINITY
  /** Whether a batch or an optional part has failed: the page may be incomplete, so it is not cached. */
  hasFailed = false
  /** Reads for optional parts of a page: they run last in the batch, with a short timeout, and fail alone. */
  readonly optional: Reader = {
    read: (fn, values) => this.#enqueue(fn, values, true),
    readOne: async (fn, values) => (await this.#enqueue(fn, values, true))[0],
  }
  readonly #options: Options
  #createUser: (() => Promise<void>) | undefined
  #isRequired = false
  #readsClock = false
  #queue: Call[] = []

  constructor(options: Options) {
    this.#options = options
    const { neonEndpoint } = options
    if (neonEndpoint) neonConfig.fetchEndpoint = () => neonEndpoint
  }

  /** Makes every batch from now on require a valid session: an ended Bearer session gets an error, not a signed-out page. */
  requireSession(): void {
    this.#isRequired = true
  }

  /** Sets the function that creates the viewer's row if a batch finds none; the batch then runs again. */
  createMissingUser(create: () => Promise<void>): void {
    this.#createUser = create
  }

  /** Also reads the database's clock with the next batch: for countdowns on pages, and for the TTL of cache entries. */
  readClock(): void {
    this.#readsClock = true
  }

  /**
   * Calls a SQL function that reads. Returns its rows, validated by the declared schema.
   * @throws AppError with a code of db/errors.ts. All reads of a batch fail together.
   */
  read<P extends Parameters, Row>(fn: ReadFunction<P, Row>, values: Values<P>): Promise<Row[]> {
    return this.#enqueue(fn, values, false)
  }

  /** Like `read`, but returns the first row, or undefined. */
  async readOne<P extends Parameters, Row>(fn: ReadFunction<P, Row>, values: Values<P>): Promise<Row | undefined> {
    const [row] = await this.read(fn, values)
    return row
  }

  /** Calls a SQL function that writes, in its own transaction. Returns its rows. @throws AppError as `read` does. */
  write<P extends Parameters, Row>(fn: WriteFunction<P, Row>, values: Values<P>): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      const call = { fn, values, isOptional: false, resolve: resolve as Call['resolve'], reject }
      void this.#runBatch([call])
    })
  }

  /** Like `write`, but returns the first row, or undefined. */
  async writeOne<P extends Parameters, Row>(fn: WriteFunction<P, Row>, values: Values<P>): Promise<Row | undefined> {
    const [row] = await this.write(fn, values)
    return row
  }

  #enqueue<P extends Parameters, Row>(
    fn: ReadFunction<P, Row>,
    values: Values<P>,
    isOptional: boolean,
  ): Promise<Row[]> {
    if (isOptional && isSkipped(fn.name)) {
      this.hasFailed = true
      return Promise.reject(partError())
    }
    return new Promise((resolve, reject) => {
      // A timer, not a microtask: parallel loaders get here a few microtasks apart.
      if (this.#queue.length === 0) setTimeout(() => void this.#flush())
      this.#queue.push({ fn, values, isOptional, resolve: resolve as Call['resolve'], reject })
    })
  }

  #flush(): Promise<void> {
    const calls = this.#queue
    this.#queue = []
    return this.#runBatch(calls)
  }

  /** Runs a batch. Resolves or rejects every call, whatever is thrown: otherwise a caller would wait forever. */
  async #runBatch(calls: Call[]): Promise<void> {
    const failure = await this.#resolveCalls(calls)
      .then(() => undefined, toAppError)
      .catch((cause: unknown) => new AppError('internal', { cause }))
    if (!failure) return
    this.hasFailed = true
    for (const call of calls) call.reject(failure)
  }

  async #resolveCalls(calls: Call[]): Promise<void> {
    const results = await this.#runWithoutFailedParts({
      calls: [...calls.filter(({ isOptional }) => !isOptional), ...calls.filter(({ isOptional }) => isOptional)],
      check: this.#checkFor(calls),
      clock: this.#readsClock && this.now === undefined,
    })
    for (const [call, rows] of results) {
      try {
        const checked = rows.map((row) => checkRow(call.fn, row))
        this.earliestExpiry = Math.min(this.earliestExpiry, ...checked.map((row) => expiryOf(call.fn, row)))
        const nudged = checked.flatMap((row) => call.fn.nudges?.(row) ?? [])
        if (nudged.length > 0) this.#options.onNudged?.(nudged)
        call.resolve(checked)
      } catch (error) {
        if (!call.isOptional) throw error
        this.#failPart(call, error)
      }
    }
  }

  /** Runs a batch; if an optional part failed it, runs it again without the optional parts. */
  async #runWithoutFailedParts(batch: Batch): Promise<Map<Call, unknown[]>> {
    try {
      return await this.#sendWithRetry(batch)
    } catch (error) {
      const optional = batch.calls.filter(({ isOptional }) => isOptional)
      if (optional.length === 0 || !isPartFault(error)) throw error
      const required = batch.calls.filter(({ isOptional }) => !isOptional)
      const results = required.length > 0 ? await this.#sendWithRetry({ ...batch, calls: required }) : new Map()
      // Blame the optional parts only now: if a required part were at fault, the second run would have thrown.
      const names = partsAtFault(
        error,
        optional.map(({ fn }) => fn.name),
      )
      for (const call of optional) this.#failPart(call, names.includes(call.fn.name) ? error : undefined)
      return results
    }
  }

  /** Rejects an optional part. @param cause Why it failed; undefined if it was skipped because of another part. */
  #failPart({ fn, reject }: Call, cause: unknown): void {
    this.hasFailed = true
    if (cause !== undefined) {
      skipPart(fn.name)
      this.#options.onPartFailed?.(fn.name, cause)
    }
    reject(partError(cause))
  }

  /** Returns the session check's values; undefined without a viewer. @throws AppError unauthorized if the batch requires one. */
  #checkFor(calls: Call[]): Check | undefined {
    const is_required = this.#isRequired || calls.some(({ fn }) => fn.requiresViewer)
    if (!is_required && !calls.some(hasViewer)) return undefined
    const is_write = calls.some(({ fn }) => fn.kind === 'write' && fn.requiresViewer && !fn.allowsSuspended)
    if (this.viewer) {
      return { ...this.viewer, browser: this.#options.browser ?? 'Unknown browser', is_required, is_write }
    }
    if (is_required) throw new AppError('unauthorized')
    return undefined
  }

  /** Runs a batch. Retries once: after a deadlock, after creating the viewer's row, or as signed out. */
  async #sendWithRetry(batch: Batch): Promise<Map<Call, unknown[]>> {
    try {
      return await this.#send(batch)
    } catch (error) {
      if (sqlState(error) === 'CR401' && batch.check?.is_required === false) {
        this.viewer = null
        this.#options.onSessionEnded?.()
        return await this.#send({ ...batch, check: undefined })
      }
      if (sqlState(error) === 'CR404' && this.#createUser) await this.#createUser()
      else if (!isTransient(error)) throw error
      return await this.#send(batch)
    }
  }

  async #send({ calls, check, clock }: Batch): Promise<Map<Call, unknown[]>> {
    if (pendingBatches >= BATCHES_MAX) throw new AppError('overloaded', { retryAfter: 1 })
    const required = calls.filter(({ isOptional }) => !isOptional)
    const optional = calls.filter(({ isOptional }) => isOptional)
    // Without a session check the batch must run as signed out.
    const toStatement = ({ fn, values }: Call) =>
      statementOf(fn, check || !('viewer_sub' in fn.params) ? values : { ...values, viewer_sub: null })
    const statements = [
      ...(check ? [statementOf(checkSession, check)] : []),
      ...required.map(toStatement),
      ...(optional.length > 0 ? [LIMIT_TIME, joinStatements(optional.map(toStatement))] : []),
      ...(clock && optional.length === 0 ? [statementOf(readClock, {})] : []),
    ]
    const started = Date.now()
    pendingBatches += 1
    try {
      const lists = await sendStatements(this.#options.databaseUrl, statements)
      const checked = check ? lists.shift() : undefined
      if (check) this.viewerUuid = checkRow(checkSession, checked?.[0]).uuid ?? undefined
      const results = new Map<Call, unknown[]>(required.map((call) => [call, lists.shift() ?? []]))
      // The row of LIMIT_TIME or of readClock.
      const [clockRow] = lists.shift() ?? []
      if (clock) {
        this.now = Date.parse(checkRow(readClock, clockRow).now)
        this.sentAt = started
      }
      const [joined] = lists.shift() ?? []
      for (const [index, call] of optional.entries()) results.set(call, rowsOf(joined, index))
      return results
    } finally {
      pendingBatches -= 1
      this.trips += 1
      this.waitedMs += Date.now() - started
    }
  }
}

type Check = Values<typeof checkSession.params>
/** Required calls come before optional ones. */
type Batch = { calls: Call[]; check: Check | undefined; clock: boolean }

/** Limits the time of the statements after it in the same transaction. Its row also has the clock, in column `now` as readClock's. */
const LIMIT_TIME: Statement = {
  name: 'set_statement_timeout',
  text: `select now(), set_config('statement_timeout', '${OPTIONAL_TIMEOUT_MS}', true)`,
  values: [],
}

/** Returns whether a call passes a viewer. */
const hasViewer = ({ fn, values }: Call) => 'viewer_sub' in fn.params && values.viewer_sub !== null

/** Returns the statement of a call, with its values in the order of the function's parameters. */
const statementOf = ({ name, text, params }: AnyFunction, values: Record<string, unknown>): Statement => ({
  name,
  text,
  values: Object.keys(params).map((param) => values[param]),
})

/** Returns when the activity that a row shows expires, Unix time in ms; infinity if it shows none. */
const expiryOf = <Row>({ expiresAt }: { expiresAt?(row: Row): string }, row: Row): number =>
  expiresAt ? Date.parse(expiresAt(row)) : Number.POSITIVE_INFINITY

/** Validates a row by the declared schema. @throws AppError internal if it does not match. */
function checkRow<P extends Parameters, Row>(
  { row: schema }: ReadFunction<P, Row> | WriteFunction<P, Row>,
  row: unknown,
): Row {
  const checked = schema.safeParse(row)
  if (checked.success) return checked.data
  throw new AppError('internal', { cause: checked.error })
}

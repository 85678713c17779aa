import { ERROR_STATUS, type ErrorCode, type ErrorItem } from './error.ts'

type Status = (typeof ERROR_STATUS)[ErrorCode]

/** Seconds to wait by status, where nobody knows better. */
const RETRY_AFTER: Partial<Record<Status, number>> = { 429: 60, 503: 5 }

/** A failure that has a code of the contract; it carries no text of a person, so it may be logged. */
export class AppError extends Error {
  override name = 'AppError'
  readonly items: ErrorItem[]
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined
  /** The limit that was reached, as the RateLimit-Policy header tells it. */
  readonly policy: string | undefined

  constructor(items: ErrorCode | ErrorItem[], options: ErrorOptions & { retryAfter?: number; policy?: string } = {}) {
    const list = typeof items === 'string' ? [{ code: items }] : items
    super(list.map((item) => item.code).join(', '), options)
    this.items = list
    this.retryAfter = options.retryAfter ?? RETRY_AFTER[this.status]
    this.policy = options.policy
  }

  /** The HTTP status, which the first code decides. */
  get status(): Status {
    return ERROR_STATUS[this.items[0]?.code ?? 'internal']
  }

  has(code: ErrorCode): boolean {
    return this.items.some((item) => item.code === code)
  }
}

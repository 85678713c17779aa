import { ERROR_STATUS, type ErrorCode, type ErrorItem } from './error.ts'

type Status = (typeof ERROR_STATUS)[ErrorCode]

/** Default Retry-After by status, in seconds. */
const RETRY_AFTER: Partial<Record<Status, number>> = { 429: 60, 503: 5 }

/** An error with codes of the API. It holds no user's text, so it may be logged. */
export class AppError extends Error {
  override name = 'AppError'
  readonly items: ErrorItem[]
  /** Retry-After, in seconds. */
  readonly retryAfter: number | undefined
  /** Value of the RateLimit-Policy header. */
  readonly policy: string | undefined

  constructor(items: ErrorCode | ErrorItem[], options: ErrorOptions & { retryAfter?: number; policy?: string } = {}) {
    const list = typeof items === 'string' ? [{ code: items }] : items
    super(list.map((item) => item.code).join(', '), options)
    this.items = list
    this.retryAfter = options.retryAfter ?? RETRY_AFTER[this.status]
    this.policy = options.policy
  }

  /** HTTP status of the first code. */
  get status(): Status {
    return ERROR_STATUS[this.items[0]?.code ?? 'internal']
  }

  has(code: ErrorCode): boolean {
    return this.items.some((item) => item.code === code)
  }
}

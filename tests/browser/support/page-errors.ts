import type { Page } from 'playwright-core'

/** What is under way when the reader goes on is dropped by the browser; offline is where a test has taken it. */
const EXPECTED = new Set(['net::ERR_ABORTED', 'net::ERR_INTERNET_DISCONNECTED'])

/**
 * Everything that goes wrong in a tab: errors of the console (a broken policy is one) and of the page (React reports
 * what it could not hydrate as one), requests that fail, and answers of 400 or more.
 */
export class PageErrors {
  readonly #faults: string[] = []
  readonly #expected = new Set<number>()
  readonly #seen = new Set<number>()
  readonly #errors: RegExp[] = []

  readonly #scripted: boolean

  constructor(page: Page, { scripted = true } = {}) {
    this.#scripted = scripted
    this.watch(page)
  }

  /** Watches another tab of the same browser as well. */
  watch(page: Page): void {
    page.on('pageerror', (error) => this.#faults.push(`${error}`))
    page.on('console', (message) => {
      // An answer that is an error is noted below, with its address.
      if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
      this.#faults.push(message.text())
    })
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText
      // Script that is off is not fetched.
      const isOff = !this.#scripted && request.resourceType() === 'script'
      if (why && !EXPECTED.has(why) && !isOff) this.#faults.push(`${request.method()} ${request.url()}: ${why}`)
    })
    page.on('response', (response) => {
      const status = response.status()
      this.#seen.add(status)
      if (status < 400 || this.#expected.has(status)) return
      this.#faults.push(`${response.request().method()} ${response.url()}: ${status}`)
    })
  }

  /** From now on answers of this status are no fault; that none comes is one. */
  expects(status: number): void {
    this.#expected.add(status)
  }

  /** Errors like this one are no fault, whenever they come; that none comes is one. */
  expectsError(like: RegExp): void {
    this.#errors.push(like)
  }

  /** What went wrong, once the test is over. */
  unexpected(): string[] {
    const missing = [...this.#expected].filter((status) => !this.#seen.has(status))
    const unmet = this.#errors.filter((like) => !this.#faults.some((fault) => like.test(fault)))
    const faults = this.#faults.filter((fault) => !this.#errors.some((like) => like.test(fault)))
    return [
      ...faults,
      ...unmet.map((like) => `${like} was expected, and did not come`),
      ...missing.map((status) => `${status} was expected, and did not come`),
    ]
  }
}

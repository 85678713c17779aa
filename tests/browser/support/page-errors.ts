import type { Page } from 'playwright-core'

/** Failures that are no error: a navigation cancels requests, and some tests go offline. */
const EXPECTED_FAILURES = new Set(['net::ERR_ABORTED', 'net::ERR_INTERNET_DISCONNECTED'])

/** A response with an error status is recorded with its URL. Sockets that are refused are opened again, until the page is left. */
const EXPECTED_MESSAGES = /^Failed to load resource|^WebSocket connection to '.*\/api\/live' failed/

/**
 * Collects all errors in a tab: of the console (which include CSP violations), of the page (which include hydration
 * errors), failed requests, and responses of 400 or more.
 */
export class PageErrors {
  readonly #found: string[] = []
  readonly #expectedStatuses = new Set<number>()
  readonly #seenStatuses = new Set<number>()
  readonly #expectedErrors: RegExp[] = []

  readonly #scripted: boolean

  constructor(page: Page, { scripted = true } = {}) {
    this.#scripted = scripted
    this.watch(page)
  }

  /** Watches another tab of the same browser as well. */
  watch(page: Page): void {
    page.on('pageerror', (error) => this.#found.push(`${error}`))
    page.on('console', (message) => {
      if (message.type() !== 'error' || EXPECTED_MESSAGES.test(message.text())) return
      this.#found.push(message.text())
    })
    page.on('requestfailed', (request) => {
      const failure = request.failure()?.errorText
      // With script off, scripts are not fetched.
      const isSkippedScript = !this.#scripted && request.resourceType() === 'script'
      if (failure && !EXPECTED_FAILURES.has(failure) && !isSkippedScript)
        this.#found.push(`${request.method()} ${request.url()}: ${failure}`)
    })
    page.on('response', (response) => {
      const status = response.status()
      this.#seenStatuses.add(status)
      if (status < 400 || this.#expectedStatuses.has(status)) return
      this.#found.push(`${response.request().method()} ${response.url()}: ${status}`)
    })
  }

  /** Responses of this status are no error; it is one if none comes. */
  expects(status: number): void {
    this.#expectedStatuses.add(status)
  }

  /** Errors that match are none; it is one if none comes. */
  expectsError(pattern: RegExp): void {
    this.#expectedErrors.push(pattern)
  }

  /** The unexpected errors so far, and the expected ones that did not come. */
  unexpected(): string[] {
    const missingStatuses = [...this.#expectedStatuses].filter((status) => !this.#seenStatuses.has(status))
    const missingErrors = this.#expectedErrors.filter((pattern) => !this.#found.some((error) => pattern.test(error)))
    const errors = this.#found.filter((error) => !this.#expectedErrors.some((pattern) => pattern.test(error)))
    return [
      ...errors,
      ...missingErrors.map((pattern) => `${pattern} was expected and did not come`),
      ...missingStatuses.map((status) => `${status} was expected and did not come`),
    ]
  }
}

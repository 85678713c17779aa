import type { BrowserContext, Locator, Page, Response } from 'playwright-core'
import { expect } from 'vitest'
import type { PageErrors } from './page-errors.ts'

/** The little that is asked of React's insides. */
type RootFiber = { stateNode: { current: { memoizedState: { isDehydrated: boolean } } } }

/** A tab of a browser, with the verbs of a person who reads and writes in it. */
export class Tab {
  readonly page: Page
  readonly #watch: PageErrors

  constructor(page: Page, watch: PageErrors) {
    this.page = page
    this.#watch = watch
  }

  get context(): BrowserContext {
    return this.page.context()
  }

  /** A second tab of the same browser. */
  async newTab(): Promise<Tab> {
    const page = await this.context.newPage()
    this.#watch.watch(page)
    return new Tab(page, this.#watch)
  }

  get main(): Locator {
    return this.page.getByRole('main')
  }

  /** Path and query of the page. */
  get path(): string {
    const { pathname, search } = new URL(this.page.url())
    return pathname + search
  }

  /** Answers of this status are part of the test. */
  expects(status: number): void {
    this.#watch.expects(status)
  }

  /** Errors like this one are part of the test. */
  expectsError(like: RegExp): void {
    this.#watch.expectsError(like)
  }

  /** Types an address, and waits for the page. */
  async visits(path: string, status = 200): Promise<Response> {
    if (status >= 400) this.expects(status)
    const response = await this.page.goto(path)
    expect(response?.status(), path).toBe(status)
    return response as Response
  }

  /** The same, and waits until script has taken over. */
  async opens(path: string, status = 200): Promise<void> {
    await this.visits(path, status)
    await this.waitsForHydration()
  }

  /** Waits until React has taken over the page: its root says so itself. */
  async waitsForHydration(): Promise<void> {
    await this.page.waitForFunction(() => {
      const app = document.getElementById('app') as unknown as Record<string, RootFiber> | null
      const key = Object.keys(app ?? {}).find((name) => name.startsWith('__reactContainer'))
      return key !== undefined && app?.[key]?.stateNode.current.memoizedState.isDehydrated === false
    })
  }

  heading(name: string): Locator {
    return this.main.getByRole('heading', { level: 1, name, exact: true })
  }

  field(label: string): Locator {
    return this.main.getByLabel(label, { exact: true }).and(this.page.locator('input, textarea'))
  }

  /** The crud (or reply) that says `text`. */
  crud(text: string): Locator {
    return this.main.getByRole('article').filter({ hasText: text })
  }

  async sees(what: Locator | string): Promise<void> {
    await this.located(what).waitFor()
  }

  async doesNotSee(what: Locator | string): Promise<void> {
    await this.located(what).waitFor({ state: 'hidden' })
  }

  /** Waits until the page is at this path and query. */
  async comesTo(path: string | RegExp): Promise<void> {
    const fits = ({ pathname, search }: URL) =>
      typeof path === 'string' ? pathname + search === path : path.test(pathname + search)
    await this.page.waitForURL(fits)
  }

  /** Types into fields by their labels. */
  async fills(fields: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(fields)) await this.field(label).fill(text)
  }

  async presses(button: string): Promise<void> {
    await this.main.getByRole('button', { name: button, exact: true }).click()
  }

  /** Follows a link of the page itself. */
  async follows(link: string): Promise<void> {
    await this.main.getByRole('link', { name: link, exact: true }).click()
  }

  /** Follows a link of the navigation that this width shows. */
  async goesTo(place: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click()
  }

  /** Opens the reader's own page: in the rail, or behind their picture at the top of a phone. */
  async opensOwnProfile(): Promise<void> {
    await this.page.getByRole('link', { name: /^(Your profile|Profile)$/ }).click()
  }

  private located(what: Locator | string): Locator {
    return typeof what === 'string' ? this.main.getByText(what, { exact: true }) : what
  }
}

/** What assistive tech says of an input after its name: hints, and what is wrong. */
export async function descriptionOf(input: Locator): Promise<string> {
  return input.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim(),
  )
}

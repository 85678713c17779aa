import type { BrowserContext, Locator, Page, Response } from 'playwright-core'
import { expect } from 'vitest'
import type { PageErrors } from './page-errors.ts'

/** The parts of React's internals that say what a root has rendered. */
type Fiber<Value = unknown> = { child: Fiber<Value> | null; memoizedProps: { value?: Value } | null }
type ReactRoot<Value = unknown> = { stateNode: { current: Fiber<Value> } }

/** A browser tab, with the actions of a user as methods. */
export class Tab {
  readonly page: Page
  readonly #errors: PageErrors

  constructor(page: Page, pageErrors: PageErrors) {
    this.page = page
    this.#errors = pageErrors
  }

  get context(): BrowserContext {
    return this.page.context()
  }

  /** A second tab of the same browser. */
  async newTab(): Promise<Tab> {
    const page = await this.context.newPage()
    this.#errors.watch(page)
    return new Tab(page, this.#errors)
  }

  get main(): Locator {
    return this.page.getByRole('main')
  }

  /** Path and query of the page. */
  get path(): string {
    const { pathname, search } = new URL(this.page.url())
    return pathname + search
  }

  /** Responses of this status are part of the test; it fails if none comes. */
  expects(status: number): void {
    this.#errors.expects(status)
  }

  /** Errors that match are part of the test; it fails if none comes. */
  expectsError(pattern: RegExp): void {
    this.#errors.expectsError(pattern)
  }

  /** Loads a document, and checks its status. */
  async visits(path: string, status = 200): Promise<Response> {
    if (status >= 400) this.expects(status)
    const response = await this.page.goto(path)
    expect(response?.status(), path).toBe(status)
    return response as Response
  }

  /** Loads a document, and waits until React has hydrated it. */
  async opens(path: string, status = 200): Promise<void> {
    await this.visits(path, status)
    await this.waitsForHydration()
  }

  /** Waits until React has hydrated the page, and rendered what differs with script: the value of HasScriptProvider. */
  async waitsForHydration(): Promise<void> {
    await this.page.waitForFunction(() => {
      const app = document.getElementById('app') as unknown as Record<string, ReactRoot> | null
      const key = Object.keys(app ?? {}).find((name) => name.startsWith('__reactContainer'))
      let fiber = key === undefined ? null : (app?.[key]?.stateNode.current ?? null)
      // Around it are only providers, each the only child of the one before, and none with a boolean.
      while (fiber && typeof fiber.memoizedProps?.value !== 'boolean') fiber = fiber.child
      return fiber?.memoizedProps?.value === true
    })
  }

  heading(name: string): Locator {
    return this.main.getByRole('heading', { level: 1, name, exact: true })
  }

  field(label: string): Locator {
    return this.main.getByLabel(label, { exact: true }).and(this.page.locator('input, textarea'))
  }

  /** The activity that contains `text`. */
  crud(text: string): Locator {
    return this.main.getByRole('article').filter({ hasText: text })
  }

  async sees(target: Locator | string): Promise<void> {
    await this.located(target).waitFor()
    // Before its style sheet is loaded, a document also shows what the sheet hides, such as a second navigation.
    const isStyled = () =>
      [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].every(({ sheet }) => sheet !== null)
    // Playwright's own wait needs script in the page.
    await expect.poll(() => this.page.evaluate(isStyled)).toBe(true)
  }

  async doesNotSee(target: Locator | string): Promise<void> {
    await this.located(target).waitFor({ state: 'hidden' })
  }

  /** Waits until the page is at this path and query, and shows that: with script the address changes before the page. */
  async comesTo(path: string | RegExp): Promise<void> {
    const matches = ({ pathname, search }: URL) =>
      typeof path === 'string' ? pathname + search === path : path.test(pathname + search)
    await this.page.waitForURL(matches)
    await this.page.waitForFunction(() => {
      type State = { location?: Location }
      const app = document.getElementById('app') as unknown as Record<string, ReactRoot<State>> | null
      const key = Object.keys(app ?? {}).find((name) => name.startsWith('__reactContainer'))
      let fiber = key === undefined ? null : (app?.[key]?.stateNode.current ?? null)
      // The router's state is the value of a provider around the page. The API client, another one, has every property.
      while (fiber && typeof fiber.memoizedProps?.value?.location?.pathname !== 'string') fiber = fiber.child
      const shown = fiber?.memoizedProps?.value?.location ?? location
      return shown.pathname + shown.search === location.pathname + location.search
    })
  }

  /** Types into fields by their labels. */
  async fills(fields: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(fields)) await this.field(label).fill(text)
  }

  async presses(button: string): Promise<void> {
    await this.clicks(this.main.getByRole('button', { name: button, exact: true }))
  }

  /** Follows a link in the main part of the page. */
  async follows(link: string): Promise<void> {
    await this.clicks(this.main.getByRole('link', { name: link, exact: true }))
  }

  /** Follows a link of the main navigation. */
  async goesTo(link: string): Promise<void> {
    const navigation = this.page.getByRole('navigation', { name: 'Main' })
    await this.clicks(navigation.getByRole('link', { name: link, exact: true }))
  }

  /** On a phone, opens the menu under the avatar; a desktop has its links in the navigation. */
  async opensPhoneMenu(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Menu', exact: true })
    if (await button.isVisible()) await button.click()
  }

  /** Opens the viewer's own profile, by the navigation on a desktop, by the avatar on a phone. */
  async opensOwnProfile(): Promise<void> {
    await this.opensPhoneMenu()
    const navigation = this.page.getByRole('navigation', { name: /^(Main|More)$/ })
    await navigation.getByRole('link', { name: 'Profile', exact: true }).click()
  }

  /** Clicks. If that loads a document, as without script, waits until it is parsed: a test may read all of it from then on. */
  private async clicks(target: Locator): Promise<void> {
    await target.click()
    await this.page.waitForLoadState('domcontentloaded')
  }

  private located(target: Locator | string): Locator {
    return typeof target === 'string' ? this.main.getByText(target, { exact: true }) : target
  }
}

/** The accessible description of an input: its hints and errors. */
export async function descriptionOf(input: Locator): Promise<string> {
  return input.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim(),
  )
}

/** What an isolate has seen last, by name; for one more than it holds it forgets what it has not seen for the longest. */
export class Recent<T> {
  readonly #most: number
  readonly #held = new Map<string, T>()

  constructor(most: number) {
    this.#most = most
  }

  recall(name: string): T | undefined {
    const known = this.#held.get(name)
    if (known !== undefined) this.remember(name, known)
    return known
  }

  remember(name: string, value: T): void {
    // A map is in the order of insertion: what was seen last stands at its end.
    this.#held.delete(name)
    this.#held.set(name, value)
    const [oldest] = this.#held.keys()
    if (this.#held.size > this.#most && oldest !== undefined) this.#held.delete(oldest)
  }
}

/** An LRU cache of an isolate. */
export class RecentlySeen<T> {
  readonly #capacity: number
  readonly #held = new Map<string, T>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  recall(key: string): T | undefined {
    const value = this.#held.get(key)
    if (value !== undefined) this.remember(key, value)
    return value
  }

  remember(key: string, value: T): void {
    // A map keeps the order of insertion: the last one seen is at its end.
    this.#held.delete(key)
    this.#held.set(key, value)
    const [oldest] = this.#held.keys()
    if (this.#held.size > this.#capacity && oldest !== undefined) this.#held.delete(oldest)
  }
}

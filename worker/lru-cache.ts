/** A cache that drops its least recently used entry when it is full. Per isolate. */
export class LruCache<T> {
  readonly #capacity: number
  readonly #entries = new Map<string, T>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: string): T | undefined {
    const value = this.#entries.get(key)
    if (value !== undefined) this.set(key, value)
    return value
  }

  set(key: string, value: T): void {
    // A Map iterates in the order of insertion, so the most recently used entry is its last.
    this.#entries.delete(key)
    this.#entries.set(key, value)
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > this.#capacity && oldest !== undefined) this.#entries.delete(oldest)
  }
}

import { expect } from 'vitest'
import type { List } from '../../../worker/contract/list.ts'
import type { Client } from '../../harness/client.ts'
import type { Database } from '../../harness/database.ts'
import { type HasUuid, reads } from './actions.ts'

/** A list to be read in pages, beside what should be in it by plain SQL, in order. */
export type PagedList = {
  name: string
  who: Client
  path: string
  /** One column, uuid, in the order of the list. */
  sql: string
  params: unknown[]
  /** What comes while one reads may take a place further on: this list is not ordered by when things came. */
  mayInsertAhead?: boolean
}

/** Reads a list page by page while the world goes on, and checks each page against SQL. */
export class PagingReader {
  readonly reading: PagedList
  readonly #db: Database
  readonly #limit: number
  #cursor: string | null = null
  #isDone = false
  /** What was there when the read began, in order. */
  #start: string[] = []
  /** That of it which has been there ever since. */
  #alive = new Set<string>()
  readonly #seen: string[] = []

  constructor(db: Database, reading: PagedList, limit: number) {
    this.#db = db
    this.reading = reading
    this.#limit = limit
  }

  get isDone(): boolean {
    return this.#isDone
  }

  get seen(): readonly string[] {
    return this.#seen
  }

  async #live(): Promise<string[]> {
    return (await this.#db.sql<HasUuid>(this.reading.sql, this.reading.params)).map(({ uuid }) => uuid)
  }

  async begin(): Promise<void> {
    this.#start = await this.#live()
    this.#alive = new Set(this.#start)
  }

  /** Reads the next page: nothing that is gone, nothing twice; at the end, nothing was left out. */
  async page(): Promise<void> {
    const { name, path, who, mayInsertAhead: grows } = this.reading
    const now = new Set(await this.#live())
    this.#alive = new Set([...this.#alive].filter((uuid) => now.has(uuid)))
    const cursor = this.#cursor === null ? '' : `&cursor=${encodeURIComponent(this.#cursor)}`
    const page: List<HasUuid> = await reads(
      who,
      `${path}${path.includes('?') ? '&' : '?'}limit=${this.#limit}${cursor}`,
    )
    for (const { uuid } of page.data) {
      expect(this.#seen, `${name} repeats`).not.toContain(uuid)
      expect(grows ? now : this.#alive, `${name} shows what is gone, or came later`).toContain(uuid)
      this.#seen.push(uuid)
    }
    this.#cursor = page.next_cursor
    if (this.#cursor !== null) return
    this.#isDone = true
    const began = new Set(this.#start)
    const old = this.#seen.filter((uuid) => began.has(uuid))
    expect(old, `${name} is out of order`).toEqual(this.#start.filter((uuid) => old.includes(uuid)))
    expect(
      [...this.#alive].filter((uuid) => !this.#seen.includes(uuid)),
      `${name} leaves out`,
    ).toEqual([])
  }
}

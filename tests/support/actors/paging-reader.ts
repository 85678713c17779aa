import { expect } from 'vitest'
import type { List } from '../../../worker/contract/list.ts'
import type { Client } from '../../harness/client.ts'
import type { Database } from '../../harness/database.ts'
import { type HasUuid, reads } from './actions.ts'

/** A list to read in pages, and the SQL of what it should hold. */
export type PagedList = {
  name: string
  who: Client
  path: string
  /** Selects one column, uuid, in the order of the list. */
  sql: string
  params: unknown[]
  /** New items may appear on later pages, since the list is not ordered by creation time. */
  mayInsertAhead?: boolean
}

/** Reads a list page by page while its items change, and checks each page against SQL. */
export class PagingReader {
  readonly list: PagedList
  readonly #db: Database
  readonly #limit: number
  #cursor: string | null = null
  #isDone = false
  /** The items at the beginning of the read, in order. */
  #start: string[] = []
  /** Those of `#start` that have not disappeared since. */
  #alive = new Set<string>()
  readonly #seen: string[] = []

  constructor(db: Database, list: PagedList, limit: number) {
    this.#db = db
    this.list = list
    this.#limit = limit
  }

  get isDone(): boolean {
    return this.#isDone
  }

  get seen(): readonly string[] {
    return this.#seen
  }

  async #readBySql(): Promise<string[]> {
    return (await this.#db.sql<HasUuid>(this.list.sql, this.list.params)).map(({ uuid }) => uuid)
  }

  async begin(): Promise<void> {
    this.#start = await this.#readBySql()
    this.#alive = new Set(this.#start)
  }

  /** Reads the next page; fails if it shows an item twice or a removed one, or, at the end, if one was left out. */
  async page(): Promise<void> {
    const { name, path, who, mayInsertAhead: grows } = this.list
    const now = new Set(await this.#readBySql())
    this.#alive = new Set([...this.#alive].filter((uuid) => now.has(uuid)))
    const cursor = this.#cursor === null ? '' : `&cursor=${encodeURIComponent(this.#cursor)}`
    const page: List<HasUuid> = await reads(
      who,
      `${path}${path.includes('?') ? '&' : '?'}limit=${this.#limit}${cursor}`,
    )
    for (const { uuid } of page.data) {
      expect(this.#seen, `${name} repeats`).not.toContain(uuid)
      expect(grows ? now : this.#alive, `${name} shows a removed or a later item`).toContain(uuid)
      this.#seen.push(uuid)
    }
    this.#cursor = page.next_cursor
    if (this.#cursor !== null) return
    this.#isDone = true
    const initial = new Set(this.#start)
    const initialSeen = this.#seen.filter((uuid) => initial.has(uuid))
    expect(initialSeen, `${name} is out of order`).toEqual(this.#start.filter((uuid) => initialSeen.includes(uuid)))
    expect(
      [...this.#alive].filter((uuid) => !this.#seen.includes(uuid)),
      `${name} leaves out`,
    ).toEqual([])
  }
}

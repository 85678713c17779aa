import type { Client } from '../harness/client.ts'

/** Existing data that the requests refer to. */
export type LoadData = {
  /** Cruds of other users, which do not expire during the run. */
  cruds: { uuid: string; handle: string }[]
  /** Handles of users to follow. */
  followable: string[]
  /** Handles of the users who make the load. */
  people: string[]
  tag: string
  term: string
}

export const randomOf = <T>(all: T[]): T => {
  const chosen = all[Math.floor(Math.random() * all.length)]
  if (chosen === undefined) throw new Error('There is nothing to choose from.')
  return chosen
}

/**
 * A virtual user sends one request after the other as an account or as a visitor. Several may share an account: each gets
 * its own part of the cruds and handles, so that no two of them write the same fact.
 */
export class VirtualUser {
  readonly client: Client
  /** Null for a visitor. */
  readonly handle: string | null
  readonly data: LoadData
  /** Cruds and handles that only this virtual user of the account likes, reposts and follows. */
  readonly cruds: LoadData['cruds']
  readonly followable: LoadData['followable']
  /** Cruds that it has posted and not deleted. */
  ownCruds: { uuid: string; message: string }[] = []
  /** Number of its messages that were acknowledged. */
  messages = 0
  /** Facts of its likes, reposts and follows. */
  readonly reactions = new Set<string>()

  constructor(client: Client, handle: string | null, data: LoadData, index: number, count: number) {
    const share = <T>(all: T[]) => all.filter((_, position) => position % count === index)
    this.client = client
    this.handle = handle
    this.data = data
    this.cruds = share(data.cruds)
    this.followable = share(data.followable)
  }
}

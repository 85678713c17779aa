import type { Client } from '../harness/client.ts'

/** What there is for everybody to read, to answer and to like. */
export type Town = {
  /** Cruds of others, which do not end meanwhile. */
  cruds: { uuid: string; handle: string }[]
  /** People who can be followed. */
  strangers: string[]
  /** Those who make the load. */
  people: string[]
  tag: string
  term: string
}

export const anyOf = <T>(all: T[]): T => {
  const one = all[Math.floor(Math.random() * all.length)]
  if (one === undefined) throw new Error('There is nothing to choose from.')
  return one
}

/**
 * One of the ways in which a person, or a visitor, asks for things one after the other. A person may have several at once:
 * each has cruds and strangers to itself, so that of one fact the writes follow each other.
 */
export class Lane {
  readonly client: Client
  /** Null: a visitor. */
  readonly handle: string | null
  readonly town: Town
  /** Cruds and people that this lane of the person alone likes, reposts and follows. */
  readonly cruds: Town['cruds']
  readonly strangers: Town['strangers']
  /** What it has said and not put out. */
  own: { uuid: string; message: string }[] = []
  /** What it has liked, reposted or followed. */
  readonly done = new Set<string>()

  constructor(client: Client, handle: string | null, town: Town, at: number, of: number) {
    const share = <T>(all: T[]) => all.filter((_, index) => index % of === at)
    this.client = client
    this.handle = handle
    this.town = town
    this.cruds = share(town.cruds)
    this.strangers = share(town.strangers)
  }
}

import { join } from 'node:path'
import pg from 'pg'
import { Client } from '../harness/client.ts'
import type { Built } from './build.ts'
import { type Commit, checkOutCommit, THIS_COMMIT } from './commit.ts'
import type { Places } from './data.ts'
import { findDescendant, parentOf } from './processes.ts'
import type { Report } from './report.ts'
import type { Stack } from './stack.ts'
import { type MeasuredWorkerd, startMeasuredWorkerd } from './workerd.ts'

/** A part of the bench that can be run by name. */
export type Section = (bench: Bench) => Promise<Report>

/** The Worker as deployed; the same without an edge cache; the data of home as JSON; and the bare route. */
export type WorkerName = 'cruddur' | 'uncached' | 'same-data' | 'bare'

/** The processes whose CPU is counted. */
export type Pids = { workerd: number; postmaster: number; neon: number }

type BenchOptions = {
  quick: boolean
  /** Another commit to measure alternately with this one. */
  against?: string | undefined
  commit?: Commit
}

/**
 * What sections measure: created on first use, shared by all sections of a run, and closed after it. Sections that
 * change data run after the others.
 */
export class Bench {
  readonly commit: Commit
  /** Fewer and shorter measurements: for a first impression, not to be recorded. */
  readonly quick: boolean
  readonly #closers: (() => Promise<void>)[] = []
  readonly #made = new Map<string, Promise<unknown>>()
  readonly #against: string | undefined

  constructor({ quick, against, commit = THIS_COMMIT }: BenchOptions) {
    this.quick = quick
    this.commit = commit
    this.#against = against
  }

  /** This bench, and that of the commit to compare with, if any. */
  async sides(): Promise<[Bench] | [Bench, Bench]> {
    const commit = this.#against
    if (commit === undefined) return [this]
    const open = async () => new Bench({ quick: this.quick, commit: await checkOutCommit(commit) })
    return [this, await this.#once('against', open, (other) => other.close())]
  }

  /** The production build of client and Worker. */
  build(): Promise<Built> {
    return this.#once(
      'build',
      () => this.commit.build(),
      (built) => built.remove(),
    )
  }

  /** Postgres with many rows, and a local Cognito. */
  stack(): Promise<Stack> {
    return this.#once(
      'stack',
      () => this.commit.openStack(),
      (stack) => stack.close(),
    )
  }

  /** The processes that serve `workers()`. */
  pids(): Promise<Pids> {
    const find = async () => {
      const { pid } = await this.workers()
      const { url } = await this.stack()
      const neon = findDescendant(join(this.commit.root, 'tests/bench/neon-process.ts'))
      return { workerd: pid, postmaster: await findPostmaster(url), neon }
    }
    return this.#once('pids', find, async () => {})
  }

  /** One workerd with all measured Workers. */
  workers(): Promise<MeasuredWorkerd> {
    const start = async () => {
      const [{ site, sameData, bare }, { settings }] = await Promise.all([this.build(), this.stack()])
      return startMeasuredWorkerd([
        { name: 'cruddur', ...site, settings },
        { name: 'uncached', ...site, settings: { ...settings, EDGE_CACHE_SECONDS: '0' } },
        { name: 'same-data', ...sameData, settings },
        { name: 'bare', ...bare },
      ])
    }
    return this.#once('workers', start, (workerd) => workerd.close())
  }

  /** The site with its assets, for browsers, in a separate workerd. */
  site(): Promise<MeasuredWorkerd> {
    const start = async () => {
      const [{ site }, { settings }] = await Promise.all([this.build(), this.stack()])
      return startMeasuredWorkerd([{ name: 'cruddur', ...site, settings }], { assets: true })
    }
    return this.#once('site', start, (workerd) => workerd.close())
  }

  /** Signs a user in. Each section needs a new session, since access tokens expire after minutes. */
  async signIn(origin: URL, who: keyof Pick<Places, 'reader' | 'writer'>): Promise<Client> {
    const { places } = await this.stack()
    const client = new Client(origin.origin)
    const { status, text } = await client.post('/api/session', places[who].account)
    if (status !== 200) throw new Error(`Signing in as ${places[who].handle} was answered by ${status}: ${text}`)
    return client
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close()
    await this.commit.remove()
  }

  #once<T>(name: string, make: () => Promise<T>, close: (created: T) => Promise<void>): Promise<T> {
    const known = this.#made.get(name) as Promise<T> | undefined
    if (known) return known
    const creating = make().then((created) => {
      this.#closers.push(() => close(created))
      return created
    })
    this.#made.set(name, creating)
    return creating
  }
}

/** Each backend, the process of one connection, is a child of the postmaster. */
async function findPostmaster(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    return parentOf(rows[0]?.pid ?? Number.NaN)
  } finally {
    await client.end()
  }
}

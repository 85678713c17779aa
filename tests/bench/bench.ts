import { Client } from '../harness/client.ts'
import { type Built, build } from './build.ts'
import type { Places } from './data.ts'
import type { Report } from './report.ts'
import { openStack, type Stack } from './stack.ts'
import { type MeasuredWorkerd, startMeasuredWorkerd } from './workerd.ts'

/** A part of the bench that can be asked for by name. */
export type Section = (bench: Bench) => Promise<Report>

/** The Worker as it is deployed; with an edge cache that keeps nothing; what home reads, as JSON; and the bare route. */
export type WorkerName = 'cruddur' | 'uncached' | 'same-data' | 'bare'

/**
 * What sections measure: made when it is first asked for, shared by all of a run, and closed after it. A section that
 * changes what others read says so, and comes after them.
 */
export class Bench {
  /** Shorter and fewer measurements, for a look rather than a record. */
  readonly quick: boolean
  readonly #closers: (() => Promise<void>)[] = []
  readonly #made = new Map<string, Promise<unknown>>()

  constructor({ quick }: { quick: boolean }) {
    this.quick = quick
  }

  /** Client and Worker, built for production. */
  build(): Promise<Built> {
    return this.#once('build', build, (built) => built.remove())
  }

  /** Postgres with plenty of rows, and Cognito. */
  stack(): Promise<Stack> {
    return this.#once('stack', openStack, (stack) => stack.close())
  }

  /** A workerd with all Workers that are measured. */
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

  /** The site with its assets, for browsers, in a workerd of its own. */
  site(): Promise<MeasuredWorkerd> {
    const start = async () => {
      const [{ site }, { settings }] = await Promise.all([this.build(), this.stack()])
      return startMeasuredWorkerd([{ name: 'cruddur', ...site, settings }], { assets: true })
    }
    return this.#once('site', start, (workerd) => workerd.close())
  }

  /** Somebody who has just signed in: access tokens live for minutes, so each section asks anew. */
  async signIn(origin: URL, who: keyof Pick<Places, 'reader' | 'writer'>): Promise<Client> {
    const { places } = await this.stack()
    const client = new Client(origin.origin)
    const { status, text } = await client.post('/api/session', places[who].account)
    if (status !== 200) throw new Error(`Signing in as ${places[who].handle} was answered by ${status}: ${text}`)
    return client
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close()
  }

  #once<T>(name: string, make: () => Promise<T>, close: (made: T) => Promise<void>): Promise<T> {
    const known = this.#made.get(name) as Promise<T> | undefined
    if (known) return known
    const making = make().then((made) => {
      this.#closers.push(() => close(made))
      return made
    })
    this.#made.set(name, making)
    return making
  }
}

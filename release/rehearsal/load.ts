import type { Answer } from '../../tests/harness/client.ts'
import type { Actor } from '../../tests/support/actors/actors.ts'

/** Results of a load. `ms`: response times. */
export type Met = { requests: number; failures: string[]; reloads: number; ms: number[] }

/** Simulated users who use the site until `stop`. */
export type Load = {
  /** Returns the results since the last call. */
  take(): Met
  /** Stops the load. Returns the uuids of activities that were created and not deleted. */
  stop(): Promise<string[]>
}

const nothing = (): Met => ({ requests: 0, failures: [], reloads: 0, ms: [] })

/** Starts a load: each user reads pages with assets and feeds, and writes activities, replies and messages, in sequence. */
export function startLoad(people: Actor[]): Load {
  let met = nothing()
  let isOver = false
  const cruds = new Set<string>()
  const shared: string[] = []
  const tell = (told: Partial<Met>) => {
    met.requests += told.requests ?? 0
    met.reloads += told.reloads ?? 0
    met.failures.push(...(told.failures ?? []))
    met.ms.push(...(told.ms ?? []))
  }
  const live = async (person: Actor, other: Actor) => {
    const guest = new Guest(person, tell)
    for (let round = 0; !isOver; round += 1) {
      try {
        await guest.spendRound({ other, cruds, shared, round })
      } catch (error) {
        // No response at all: skip the rest of this round.
        tell({ failures: [`${guest.doing}: ${(error as Error).message}`] })
      }
    }
  }
  const lives = people.map((person, at) => live(person, people[(at + 1) % people.length] as Actor))
  return {
    take() {
      const taken = met
      met = nothing()
      return taken
    },
    async stop() {
      isOver = true
      await Promise.all(lives)
      return [...cruds]
    },
  }
}

type Round = { other: Actor; cruds: Set<string>; shared: string[]; round: number }

/** A simulated user with a browser cache; reports each unexpected response. */
class Guest {
  doing = ''
  readonly #person: Actor
  readonly #tell: (told: Partial<Met>) => void
  readonly #held = new Set<string>()

  constructor(person: Actor, tell: (told: Partial<Met>) => void) {
    this.#person = person
    this.#tell = tell
  }

  async spendRound({ other, cruds, shared, round }: Round): Promise<void> {
    const { handle, email, details } = this.#person
    await this.#visits('/')
    const { body: crud } = await this.#asks('POST', '/api/activities', [201], {
      message: `Round ${round} #rehearsal`,
      ttl: '1-hour',
    })
    if (!crud) return
    cruds.add(crud.uuid)
    shared.push(crud.uuid)
    await this.#visits(`/@${handle}/status/${crud.uuid}`)
    const theirs = shared[Math.floor(Math.random() * shared.length)]
    await this.#asks('PUT', `/api/activities/${theirs}/like`, [200])
    const { body: reply } = await this.#asks('POST', `/api/activities/${theirs}/replies`, [201], { message: 'Yes.' })
    if (reply) cruds.add(reply.uuid)
    await this.#asks('GET', '/api/activities/home', [200])
    await this.#asks('GET', '/api/activities/search?term=round', [200])
    await this.#asks('PUT', `/api/users/@${other.handle}/follow`, [200])
    await this.#asks('POST', '/api/messages', [201], { message: `Round ${round}`, handle: other.handle })
    await this.#visits('/notifications')
    await this.#visits(`/@${other.handle}`)
    const { body: brief } = await this.#asks('POST', '/api/activities', [201], { message: 'Gone soon', ttl: '1-hour' })
    if (brief) await this.#asks('DELETE', `/api/activities/${brief.uuid}`, [204])
    if (round % 5 !== 4) return
    await this.#asks('DELETE', '/api/session', [204])
    await this.#visits('/')
    await this.#asks('POST', '/api/session', [200], { email, password: details.password })
  }

  async #asks(method: string, path: string, expected: number[], json?: unknown): Promise<Answer> {
    const type = json === undefined ? {} : { 'content-type': 'application/json' }
    return this.#times(`${method} ${path}`, expected, () =>
      this.#person.send(method, path, type, json === undefined ? undefined : JSON.stringify(json)),
    )
  }

  /** Opens a page and fetches its assets. If one is missing, reloads the page once, as the client does. */
  async #visits(path: string): Promise<void> {
    if (await this.#opens(path)) return
    this.#tell({ reloads: 1 })
    if (!(await this.#opens(path))) this.#tell({ failures: [`${path} links missing assets, also after a reload`] })
  }

  async #opens(path: string): Promise<boolean> {
    const page = await this.#times(path, [200], () => this.#person.visits(path))
    const assets = new Set(page.text.match(/\/assets\/[\w.-]+\.(?:js|css)/g))
    for (const asset of assets) {
      if (this.#held.has(asset)) continue
      const { status } = await this.#times(asset, [200, 404], () => this.#person.visits(asset))
      if (status === 404) return false
      this.#held.add(asset)
    }
    return true
  }

  async #times(what: string, expected: number[], ask: () => Promise<Answer>): Promise<Answer> {
    this.doing = what.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, ':uuid')
    const startedAt = performance.now()
    const answer = await ask()
    this.#tell({ requests: 1, ms: [performance.now() - startedAt] })
    if (!expected.includes(answer.status)) {
      const codes = answer.body?.errors?.map(({ code }: { code: string }) => code) ?? []
      this.#tell({ failures: [`${this.doing} answered ${answer.status} ${codes}`] })
      return { ...answer, body: null }
    }
    return answer
  }
}

import type { Answer } from '../../tests/harness/client.ts'
import type { Actor } from '../../tests/support/actors/actors.ts'

/** Results of a load. `ms`: response times. */
export type LoadResults = { requests: number; failures: string[]; reloads: number; ms: number[] }

/** Simulated users who use the site until `stop`. */
export type Load = {
  /** Returns the results since the last call. */
  take(): LoadResults
  /** Stops the load. Returns the uuids of activities that were created and not deleted. */
  stop(): Promise<string[]>
}

const noResults = (): LoadResults => ({ requests: 0, failures: [], reloads: 0, ms: [] })

/** Starts a load: each user reads pages with assets and feeds, and writes activities, replies and messages, in sequence. */
export function startLoad(people: Actor[]): Load {
  let results = noResults()
  let isStopped = false
  const cruds = new Set<string>()
  const shared: string[] = []
  const report = (added: Partial<LoadResults>) => {
    results.requests += added.requests ?? 0
    results.reloads += added.reloads ?? 0
    results.failures.push(...(added.failures ?? []))
    results.ms.push(...(added.ms ?? []))
  }
  const runRounds = async (person: Actor, other: Actor) => {
    const user = new LoadUser(person, report)
    for (let round = 0; !isStopped; round += 1) {
      try {
        await user.spendRound({ other, cruds, shared, round })
      } catch (error) {
        // No response at all: skip the rest of this round.
        report({ failures: [`${user.doing}: ${(error as Error).message}`] })
      }
    }
  }
  const runs = people.map((person, index) => runRounds(person, people[(index + 1) % people.length] as Actor))
  return {
    take() {
      const taken = results
      results = noResults()
      return taken
    },
    async stop() {
      isStopped = true
      await Promise.all(runs)
      return [...cruds]
    },
  }
}

type Round = { other: Actor; cruds: Set<string>; shared: string[]; round: number }

/** A simulated user with a browser cache; reports each unexpected response. */
class LoadUser {
  doing = ''
  readonly #person: Actor
  readonly #report: (added: Partial<LoadResults>) => void
  readonly #cached = new Set<string>()

  constructor(person: Actor, report: (added: Partial<LoadResults>) => void) {
    this.#person = person
    this.#report = report
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
    this.#report({ reloads: 1 })
    if (!(await this.#opens(path))) this.#report({ failures: [`${path} links missing assets, also after a reload`] })
  }

  async #opens(path: string): Promise<boolean> {
    const page = await this.#times(path, [200], () => this.#person.visits(path))
    const assets = new Set(page.text.match(/\/assets\/[\w.-]+\.(?:js|css)/g))
    for (const asset of assets) {
      if (this.#cached.has(asset)) continue
      const { status } = await this.#times(asset, [200, 404], () => this.#person.visits(asset))
      if (status === 404) return false
      this.#cached.add(asset)
    }
    return true
  }

  async #times(what: string, expected: number[], ask: () => Promise<Answer>): Promise<Answer> {
    this.doing = what.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, ':uuid')
    const startedAt = performance.now()
    const answer = await ask()
    this.#report({ requests: 1, ms: [performance.now() - startedAt] })
    if (!expected.includes(answer.status)) {
      const codes = answer.body?.errors?.map(({ code }: { code: string }) => code) ?? []
      this.#report({ failures: [`${this.doing} answered ${answer.status} ${codes}`] })
      return { ...answer, body: null }
    }
    return answer
  }
}

import type { Answer } from '../harness/client.ts'
import { anyKind, type Kind, READS_OF_ALL, READS_OF_PEOPLE, WRITES } from './kinds.ts'
import type { Lane } from './lane.ts'
import { type Ledger, outcomeOf } from './ledger.ts'
import type { Tally } from './tally.ts'

/** Of all requests, so many write. */
const WRITING = 0.2

/** What there is on the road: lanes that each ask, wait for the answer, and ask for the next thing. */
export class Traffic {
  readonly #tally: Tally
  readonly #ledger: Ledger
  #asked = 0
  #written = 0

  constructor(tally: Tally, ledger: Ledger) {
    this.#tally = tally
    this.#ledger = ledger
  }

  /** Lets lanes run until they are told to stop; resolves when each has its last answer. */
  async run(lanes: Lane[], stop: AbortSignal): Promise<void> {
    await Promise.all(
      lanes.map(async (lane) => {
        while (!stop.aborted) await this.#ask(lane, this.#choose(lane))
      }),
    )
  }

  #choose(lane: Lane): Kind {
    if (lane.handle === null) return anyKind(READS_OF_ALL, lane)
    const writes = this.#written < WRITING * this.#asked
    return anyKind(writes ? WRITES : [...READS_OF_ALL, ...READS_OF_PEOPLE], lane)
  }

  async #ask(lane: Lane, kind: Kind): Promise<void> {
    const { method, path, json, facts, learn } = kind.ask(lane)
    this.#asked += 1
    if (facts) this.#written += 1
    const headers: Record<string, string> = path.startsWith('/api') ? {} : { accept: 'text/html' }
    if (json) headers['content-type'] = 'application/json'
    const started = performance.now()
    const answer = await lane.client
      .send(method, path, headers, json && JSON.stringify(json))
      .catch((): Pick<Answer, 'status'> => ({ status: 0 }))
    this.#tally.count(kind, answer, performance.now() - started)
    if (!facts) return
    const outcome = outcomeOf(answer.status, codesIn(answer))
    this.#ledger.note(outcome, facts)
    if (outcome === 'acknowledged') learn?.(answer as Answer)
    // What it has said may be there or not: nothing more is done to it.
    if (outcome === 'unknown') lane.own = []
  }
}

const codesIn = (answer: Partial<Answer>): string[] =>
  (answer.body?.errors ?? []).map(({ code }: { code: string }) => code)

/** A signal that stops lanes after so many seconds. */
export const after = (seconds: number) => AbortSignal.timeout(seconds * 1000)

import type { Answer } from '../harness/client.ts'
import type { AnswerCounts } from './answer-counts.ts'
import { type Ledger, outcomeOf } from './ledger.ts'
import { chooseKind, PUBLIC_READS, type RequestKind, SIGNED_IN_READS, WRITES } from './request-kinds.ts'
import type { VirtualUser } from './virtual-user.ts'

/** Share of writes among all requests. */
const WRITE_SHARE = 0.2

/** The load: each virtual user sends a request, waits for the answer, and sends the next. */
export class Traffic {
  readonly #counts: AnswerCounts
  readonly #ledger: Ledger
  #sent = 0
  #written = 0

  constructor(answerCounts: AnswerCounts, ledger: Ledger) {
    this.#counts = answerCounts
    this.#ledger = ledger
  }

  /** Runs virtual users until the signal aborts; resolves when each has its last answer. */
  async run(virtualUsers: VirtualUser[], stop: AbortSignal): Promise<void> {
    await Promise.all(
      virtualUsers.map(async (user) => {
        while (!stop.aborted) await this.#send(user, this.#choose(user))
      }),
    )
  }

  #choose(user: VirtualUser): RequestKind {
    if (user.handle === null) return chooseKind(PUBLIC_READS, user)
    const writes = this.#written < WRITE_SHARE * this.#sent
    return chooseKind(writes ? WRITES : [...PUBLIC_READS, ...SIGNED_IN_READS], user)
  }

  async #send(user: VirtualUser, kind: RequestKind): Promise<void> {
    const { method, path, json, facts, onAcknowledged } = kind.request(user)
    this.#sent += 1
    if (facts) this.#written += 1
    const headers: Record<string, string> = path.startsWith('/api') ? {} : { accept: 'text/html' }
    if (json) headers['content-type'] = 'application/json'
    const started = performance.now()
    const answer = await user.client
      .send(method, path, headers, json && JSON.stringify(json))
      .catch((): Pick<Answer, 'status'> => ({ status: 0 }))
    this.#counts.count(kind, answer, performance.now() - started)
    if (!facts) return
    const outcome = outcomeOf(answer.status, codesIn(answer))
    this.#ledger.record(outcome, facts)
    if (outcome === 'acknowledged') onAcknowledged?.(answer as Answer)
    // An own crud may be gone, so it must not be rewritten or deleted later.
    if (outcome === 'unknown') user.ownCruds = []
  }
}

const codesIn = (answer: Partial<Answer>): string[] =>
  (answer.body?.errors ?? []).map(({ code }: { code: string }) => code)

/** A signal that aborts after some seconds. */
export const stopAfter = (seconds: number) => AbortSignal.timeout(seconds * 1000)

/** Outcome of a write by its answer: done, not done, or unknown. */
export type Outcome = 'acknowledged' | 'refused' | 'unknown'

/** Rows found for a fact, and the allowed numbers of rows. */
export type Difference = { fact: string; found: number; allowed: number[] }

/**
 * Records every write and its outcome, to compare them with the database afterwards. A fact is a unique text for something
 * that exists once or not at all. Writes of the same fact must follow each other; those of different facts need not.
 */
export class Ledger {
  /** Allowed numbers of rows by fact. */
  readonly #allowed = new Map<string, Set<number>>()
  readonly #counts: Record<Outcome, number> = { acknowledged: 0, refused: 0, unknown: 0 }

  /** Records a write that should create and remove facts, all or none of them. */
  record(outcome: Outcome, { creates = [], removes = [] }: { creates?: string[]; removes?: string[] }): void {
    this.#counts[outcome] += 1
    for (const fact of creates) this.#move(fact, 1, outcome)
    for (const fact of removes) this.#move(fact, 0, outcome)
  }

  get counts(): Readonly<Record<Outcome, number>> {
    return this.#counts
  }

  /** Compares facts found in the database with the recorded writes: returns missing, doubled and unexpected facts. */
  compare(found: Map<string, number>): Difference[] {
    const facts = new Set([...this.#allowed.keys(), ...found.keys()])
    return [...facts]
      .map((fact) => ({ fact, found: found.get(fact) ?? 0, allowed: [...(this.#allowed.get(fact) ?? [0])] }))
      .filter(({ found, allowed }) => !allowed.includes(found))
  }

  #move(fact: string, to: number, outcome: Outcome): void {
    const before = this.#allowed.get(fact) ?? new Set([0])
    if (outcome === 'acknowledged') this.#allowed.set(fact, new Set([to]))
    else this.#allowed.set(fact, outcome === 'refused' ? before : new Set([...before, to]))
  }
}

/** Codes of a 503 that is answered before any query is sent. */
const SHED_CODES = ['overloaded', 'identity_unavailable']

/** Returns the outcome of a write by the status and codes of its answer; status 0 stands for no answer. */
export function outcomeOf(status: number, codes: string[]): Outcome {
  if (status >= 200 && status < 300) return 'acknowledged'
  const refused = (status >= 400 && status < 500) || (status === 503 && codes.some((code) => SHED_CODES.includes(code)))
  return refused ? 'refused' : 'unknown'
}

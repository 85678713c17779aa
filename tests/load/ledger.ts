/** What an answer says of a write: it was made, it was not, or nobody can tell. */
export type Outcome = 'acknowledged' | 'refused' | 'unknown'

/** How often something stands in the database, and how often it may. */
export type Difference = { fact: string; found: number; allowed: number[] }

/**
 * Keeps account of every write and of how it was answered, to compare with the database afterwards. A fact is a text like
 * no other, of what is there or is not: once, or not at all. Writes of one fact follow each other; those of others need not.
 */
export class Ledger {
  /** How often each fact may stand there. */
  readonly #may = new Map<string, Set<number>>()
  readonly #counts: Record<Outcome, number> = { acknowledged: 0, refused: 0, unknown: 0 }

  /** Notes a write that was to make the facts of `makes`, and to end those of `ends`, all or nothing. */
  note(outcome: Outcome, { makes = [], ends = [] }: { makes?: string[]; ends?: string[] }): void {
    this.#counts[outcome] += 1
    for (const fact of makes) this.#move(fact, 1, outcome)
    for (const fact of ends) this.#move(fact, 0, outcome)
  }

  get counts(): Readonly<Record<Outcome, number>> {
    return this.#counts
  }

  /** Where the database says something else than was answered: facts are lost, there twice, or nobody was told of them. */
  compare(found: Map<string, number>): Difference[] {
    const facts = new Set([...this.#may.keys(), ...found.keys()])
    return [...facts]
      .map((fact) => ({ fact, found: found.get(fact) ?? 0, allowed: [...(this.#may.get(fact) ?? [0])] }))
      .filter((one) => !one.allowed.includes(one.found))
  }

  #move(fact: string, to: number, outcome: Outcome): void {
    const before = this.#may.get(fact) ?? new Set([0])
    if (outcome === 'acknowledged') this.#may.set(fact, new Set([to]))
    else this.#may.set(fact, outcome === 'refused' ? before : new Set([...before, to]))
  }
}

/** Codes of a 503 that was given before anything was asked of the database. */
const SHED = ['overloaded', 'identity_unavailable']

/** What an answer says of the write that it answers; without one, status 0, nothing. */
export function outcomeOf(status: number, codes: string[]): Outcome {
  if (status >= 200 && status < 300) return 'acknowledged'
  const refused = (status >= 400 && status < 500) || (status === 503 && codes.some((code) => SHED.includes(code)))
  return refused ? 'refused' : 'unknown'
}

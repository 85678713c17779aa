import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import type { Table } from '../bench/report.ts'
import type { Answer } from '../harness/client.ts'
import type { Kind } from './kinds.ts'

/** A part of the run, by when its answers came. */
export type Phase = 'load' | 'burst' | 'after'

type Line = { micros: RecordableHistogram; statuses: Map<number, number> }

/** Counts answers: how long each kind took, and which statuses came when. */
export class Tally {
  phase: Phase = 'load'
  /** When the last answer of 5xx came, by `performance.now()`. */
  last5xx: number | undefined
  /** What should not have come, each kind of it with how often it did. */
  readonly wrong = new Map<string, number>()
  readonly #lines = new Map<string, Line>()
  readonly #statuses: Record<Phase, Map<number, number>> = { load: new Map(), burst: new Map(), after: new Map() }

  count(kind: Kind, answer: Pick<Answer, 'status'> & Partial<Answer>, ms: number): void {
    const { status } = answer
    add(this.#statuses[this.phase], status)
    if (status >= 500 || status === 0) this.last5xx = performance.now()
    if (this.phase === 'load') {
      const line = this.#lines.get(kind.name) ?? { micros: createHistogram(), statuses: new Map() }
      this.#lines.set(kind.name, line)
      line.micros.record(Math.max(1, Math.round(ms * 1000)))
      add(line.statuses, status)
    }
    const sheds = this.phase !== 'load' && status === 503
    if (sheds && !(Number(answer.headers?.get('retry-after')) > 0))
      add(this.wrong, `${kind.name}: 503 without Retry-After`)
    if (status !== kind.status && !sheds) add(this.wrong, `${kind.name}, ${this.phase}: ${status}`)
  }

  /** Answers of a status in a part of the run. */
  of(phase: Phase, status: number): number {
    return this.#statuses[phase].get(status) ?? 0
  }

  get tables(): Table[] {
    const lines = [...this.#lines].toSorted(([a], [b]) => a.localeCompare(b))
    const all = createHistogram()
    for (const [, { micros }] of lines) all.add(micros)
    const statuses = [...new Set(Object.values(this.#statuses).flatMap((counts) => [...counts.keys()]))].toSorted()
    return [
      {
        title: 'The mixed load',
        columns: ['request', 'answers', 'p50 ms', 'p99 ms', 'statuses'],
        rows: [
          ...lines.map(([name, { micros, statuses: counts }]) => row(name, micros, [...counts.keys()].join(', '))),
          row('all', all, ''),
        ],
      },
      {
        title: 'Answers by status',
        columns: ['when', ...statuses.map(String)],
        rows: (Object.keys(this.#statuses) as Phase[]).map((phase) => [
          phase,
          ...statuses.map((status) => this.of(phase, status)),
        ]),
      },
    ]
  }
}

const row = (name: string, micros: RecordableHistogram, statuses: string) => [
  name,
  micros.count,
  micros.percentile(50) / 1000,
  micros.percentile(99) / 1000,
  statuses,
]

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

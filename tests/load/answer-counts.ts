import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import type { Table } from '../bench/report.ts'
import type { Answer } from '../harness/client.ts'
import type { RequestKind } from './request-kinds.ts'

/** A phase of the run; an answer belongs to the phase in which it arrives. */
export type Phase = 'load' | 'burst' | 'after'

type KindCounts = { histogram: RecordableHistogram; statuses: Map<number, number> }

/** Counts answers: the times of each kind of request, and the statuses in each phase. */
export class AnswerCounts {
  phase: Phase = 'load'
  /** Time of the last 5xx answer, by `performance.now()`. */
  last5xx: number | undefined
  /** Descriptions of unexpected answers, each with its number. */
  readonly unexpected = new Map<string, number>()
  readonly #kinds = new Map<string, KindCounts>()
  readonly #statuses: Record<Phase, Map<number, number>> = { load: new Map(), burst: new Map(), after: new Map() }

  count(kind: RequestKind, answer: Pick<Answer, 'status'> & Partial<Answer>, ms: number): void {
    const { status } = answer
    add(this.#statuses[this.phase], status)
    if (status >= 500 || status === 0) this.last5xx = performance.now()
    if (this.phase === 'load') {
      const kindCounts = this.#kinds.get(kind.name) ?? { histogram: createHistogram(), statuses: new Map() }
      this.#kinds.set(kind.name, kindCounts)
      kindCounts.histogram.record(Math.max(1, Math.round(ms * 1000)))
      add(kindCounts.statuses, status)
    }
    const isShed = this.phase !== 'load' && status === 503
    if (isShed && !(Number(answer.headers?.get('retry-after')) > 0))
      add(this.unexpected, `${kind.name}: 503 without Retry-After`)
    if (status !== kind.status && !isShed) add(this.unexpected, `${kind.name}, ${this.phase}: ${status}`)
  }

  /** Number of answers with a status in a phase. */
  countOf(phase: Phase, status: number): number {
    return this.#statuses[phase].get(status) ?? 0
  }

  get tables(): Table[] {
    const kinds = [...this.#kinds].toSorted(([a], [b]) => a.localeCompare(b))
    const all = createHistogram()
    for (const [, { histogram }] of kinds) all.add(histogram)
    const statuses = [...new Set(Object.values(this.#statuses).flatMap((counts) => [...counts.keys()]))].toSorted()
    return [
      {
        title: 'The mixed load',
        columns: ['request', 'answers', 'p50 ms', 'p99 ms', 'statuses'],
        rows: [
          ...kinds.map(([name, { histogram, statuses: counts }]) =>
            row(name, histogram, [...counts.keys()].join(', ')),
          ),
          row('all', all, ''),
        ],
      },
      {
        title: 'Answers by status',
        columns: ['when', ...statuses.map(String)],
        rows: (Object.keys(this.#statuses) as Phase[]).map((phase) => [
          phase,
          ...statuses.map((status) => this.countOf(phase, status)),
        ]),
      },
    ]
  }
}

const row = (name: string, histogram: RecordableHistogram, statuses: string) => [
  name,
  histogram.count,
  histogram.percentile(50) / 1000,
  histogram.percentile(99) / 1000,
  statuses,
]

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

import { median } from '../bench/median.ts'

/** What the runtime is told, so that it tells of each collection of garbage, and each is a full one. */
export const TRACE = '--trace-gc --gc-global'

/** What a heap may hold more in the second half of a run than in the first, as a part of that. */
export const MOST_GROWTH = 0.15
/** With fewer full collections nothing can be told. */
export const LEAST_COLLECTIONS = 4

/** Hears of the collections of garbage in a runtime, and keeps what each full one has left, in MB. */
export class Heaps {
  readonly #held = new Map<string, number[]>()

  /** A line of the runtime's log, such as "[1:0x33ad] 21076 ms: Mark-Compact 47.6 (88.2) -> 9.8 (83.2) MB, …". */
  hear(line: string): void {
    const [, isolate, left] = /^\[\d+:(0x\w+)\] .*: Mark-Compact .*?[\d.]+ \([\d.]+\) -> ([\d.]+) /.exec(line) ?? []
    if (isolate) this.#held.set(isolate, [...(this.#held.get(isolate) ?? []), Number(left)])
  }

  /** What stayed in the heap that was collected the most often, the Worker's: what stands in for services does less. */
  get held(): number[] {
    return [...this.#held.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  }
}

/** What stayed in the first half of a run and in the second, but for its first quarter, in which code is compiled. */
export function heldIn(held: number[]): { before: number; after: number } {
  const counted = held.slice(Math.ceil(held.length / 4))
  const half = Math.ceil(counted.length / 2)
  return { before: median(counted.slice(0, half)), after: median(counted.slice(-half)) }
}

import { median } from '../bench/median.ts'

/** Flags of V8: log each garbage collection, and make each a full one. */
export const TRACE_FLAGS = '--trace-gc --gc-global'

/** Allowed growth of the heap from the first half of a run to the second, as a share of the first. */
export const MAX_GROWTH = 0.15
/** With fewer full collections the growth cannot be judged. */
export const MIN_COLLECTIONS = 4

/** Reads the size of each heap after its full garbage collections, in MB, from the log of a runtime. */
export class HeapLog {
  readonly #sizes = new Map<string, number[]>()

  /** Reads a line of the log, such as "[1:0x33ad] 21076 ms: Mark-Compact 47.6 (88.2) -> 9.8 (83.2) MB, …". */
  read(line: string): void {
    const [, isolate, size] = /^\[\d+:(0x\w+)\] .*: Mark-Compact .*?[\d.]+ \([\d.]+\) -> ([\d.]+) /.exec(line) ?? []
    if (isolate) this.#sizes.set(isolate, [...(this.#sizes.get(isolate) ?? []), Number(size)])
  }

  /** Sizes of the heap with the most collections, which is the Worker's: local simulations of services do less. */
  get sizes(): number[] {
    return [...this.#sizes.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  }
}

/** Median sizes of the first and the second half of a run, without its first quarter, in which code is compiled. */
export function halvesOf(sizes: number[]): { before: number; after: number } {
  const counted = sizes.slice(Math.ceil(sizes.length / 4))
  const half = Math.ceil(counted.length / 2)
  return { before: median(counted.slice(0, half)), after: median(counted.slice(-half)) }
}

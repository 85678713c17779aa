import { readFileSync } from 'node:fs'
import { median } from '../bench/median.ts'

/** Memory of a process over time, in MiB, a sample a second. */
export class Memory {
  readonly samples: number[] = []
  readonly #timer: NodeJS.Timeout

  constructor(pid: number) {
    this.#timer = setInterval(() => this.samples.push(residentMiB(pid)), 1_000)
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

/** Physical memory that a process has now, in MiB. */
function residentMiB(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}

/** What a run may add to the memory of its second quarter until its last. */
export const MOST_GROWTH = 0.1

/**
 * By how much memory has grown, as a part of what it was: the middle of the last quarter over the middle of the second. The
 * first quarter warms up; middles, since each collection of garbage makes a tooth.
 */
export function growthOf(samples: number[]): { before: number; after: number; growth: number } {
  const quarter = Math.floor(samples.length / 4)
  const before = median(samples.slice(quarter, 2 * quarter))
  const after = median(samples.slice(-quarter))
  return { before, after, growth: after / before - 1 }
}

import { readFileSync } from 'node:fs'
import { median } from '../bench/median.ts'

/** Notes each second how much memory a process has, in MiB, until it is stopped. */
export function watchMemory(pid: number): () => number[] {
  const samples: number[] = []
  const timer = setInterval(() => samples.push(residentMiB(pid)), 1_000)
  return () => {
    clearInterval(timer)
    return samples
  }
}

/** Physical memory that a process has now, in MiB. */
function residentMiB(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}

/** What a process may have more in the last third of a run than in the middle one, as a part of that. */
export const MOST_GROWTH = 0.1

/** What a process had in the middle third of a run, and in the last: medians, since each collection of garbage is a tooth. */
export function heldIn(samples: number[]): { before: number; after: number } {
  const third = Math.floor(samples.length / 3)
  return { before: median(samples.slice(third, 2 * third)), after: median(samples.slice(-third)) }
}
